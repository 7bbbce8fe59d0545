import { describe, expect, it } from 'vitest';
import { process } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import type { SoundnessOptions } from './analyze.js';
import { analyze } from './analyze.js';

// Features: B-02

const draw = () => process('p').start();

/** So many situations are looked at, without taking parts together. */
function states(drawing: ProcessBuilder, options: SoundnessOptions = {}): number {
  return analyze(drawing.build(), { reduce: false, ...options }).states;
}

/** Branches of tasks side by side, joined at the end: `a0`, `a1` … in the first. */
function branches(names: string, length: number): ProcessBuilder {
  const model = draw().parallel('fork');
  for (const [index, name] of [...names].entries()) {
    model.from('fork');
    for (let at = 0; at < length; at++) model.userTask(`${name}${at}`);
    if (index === 0) model.parallel('join').end();
    else model.to('join');
  }
  return model;
}

describe('a task that concerns nobody else', () => {
  it('is done before all others, so that parallel branches are not tried in every order', () => {
    const model = branches('abcdef', 6).build();
    expect(analyze(model, { reduce: false, thin: false, maxStates: 10_000 }).verdict).toBe('undecided');
    const { verdict, findings, states: looked } = analyze(model, { reduce: false });
    expect({ verdict, findings }).toEqual({ verdict: 'sound', findings: [] });
    expect(looked).toBeLessThan(1_000);
  });

  it('may lead to a choice, or to several that wait', () => {
    const model = draw().parallel('fork').userTask('a').exclusive('x').when('y').userTask('b').end('e1').from('x').otherwise();
    model
      .userTask('c')
      .end('e2')
      .from('fork')
      .userTask('d')
      .parallel('again')
      .userTask('e')
      .end('e3')
      .from('again')
      .userTask('f')
      .end('e4');
    expect(analyze(model.build(), { reduce: false, thin: 'only' }).findings).toEqual([]);
    expect(states(model)).toBeLessThan(states(model, { thin: false }));
  });

  it.each<readonly [string, (model: ProcessBuilder) => ProcessBuilder]>([
    [
      'has an event on its border',
      (model) => model.boundaryTimer('late', 'a0', 'P1D').end('e1').boundaryTimer('later', 'b0', 'P1D').end('e2'),
    ],
    ['leads to where others can come, too', (model) => model.from('fork').userTask('c').to('a1').from('fork').userTask('d').to('b1')],
    [
      'is in a process that something can begin beside',
      (model) =>
        model.eventSubProcess(
          'beside',
          { id: 'on', event: { type: 'timer', timer: { kind: 'duration', expression: { language: 'literal', text: 'PT1H' } } } },
          (inside) => inside.end('told'),
        ),
    ],
  ])('is not one that %s', (_, change) => {
    const model = change(branches('ab', 2));
    expect(states(model, { thin: 'only' })).toBe(states(model, { thin: false }));
  });

  it('is not put before what may bring a second token to it', () => {
    const model = draw()
      .parallel('fork')
      .userTask('a')
      .exclusive('merge')
      .userTask('b')
      .userTask('c')
      .end()
      .from('fork')
      .userTask('d')
      .to('merge');
    const { findings } = analyze(model.build(), { reduce: false, thin: 'only' });
    expect(findings.map(({ elementIds }) => elementIds)).toEqual([['b'], ['c'], ['end']]);
  });

  it('does not put off for ever what others do', () => {
    const circle = draw().parallel('fork').exclusive('again').userTask('a').userTask('b').to('again');
    const model = circle
      .from('fork')
      .exclusive('x')
      .when('y')
      .userTask('c')
      .parallel('join')
      .end()
      .from('x')
      .otherwise()
      .userTask('d')
      .to('join');
    expect(analyze(model.build(), { reduce: false, thin: 'only' }).findings.map(({ code }) => code)).toEqual(
      analyze(model.build(), { reduce: false, thin: false }).findings.map(({ code }) => code),
    );
  });

  it('does not make ways to mistakes longer', () => {
    const model = branches('ab', 4)
      .from('fork')
      .exclusive('x')
      .when('y')
      .userTask('c')
      .parallel('jam')
      .end('e1')
      .from('x')
      .otherwise()
      .to('jam')
      .build();
    const [all, thin] = [false, true].map((option) => analyze(model, { reduce: false, thin: option }).findings);
    expect(thin).toEqual(all);
  });
});
