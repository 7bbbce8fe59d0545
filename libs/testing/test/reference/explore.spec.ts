import type { ProcessModel } from '@baton/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/reference/explore.js';
import { mutants } from '../../src/reference/mutations.js';
import { structuredProcesses } from '../../src/reference/random-process.js';
import { Playback } from './playback.js';
import {
  and,
  border,
  caught,
  end,
  error,
  escalation,
  firstOf,
  message,
  or,
  sketch,
  start,
  sub,
  task,
  terminate,
  timer,
  times,
  user,
  xor,
} from './sketch.js';

// Features: B-02, E-02

const found = (model: ProcessModel) => judge(model).findings;

const forkJoin = sketch(
  [start(), and('fork'), user('a'), user('b'), and('join'), end()],
  'start -> fork -> a -> join -> end',
  'fork -> b -> join',
);
const choice = (kind: typeof xor) =>
  sketch(
    [start(), xor('split'), user('a'), user('b'), kind('merge'), end()],
    'start -> split -> [n > 0] a -> merge -> end',
    'split -> [default] b -> merge',
  );

describe('judging soundness', () => {
  it('finds nothing in what is sound', () => {
    expect(judge(forkJoin)).toMatchObject({ sound: true, findings: [], witness: [] });
    expect(found(choice(xor))).toEqual([]);
    expect(found(choice(or))).toEqual([]);
  });

  it('finds nothing in a loop that can be left, or in events that can happen', () => {
    const loop = sketch(
      [start(), xor('again'), xor('enough'), end()],
      'start -> again -> enough -> [n > 2] end',
      'enough -> [default] again',
    );
    expect(found(loop)).toEqual([]);
    const events = sketch(
      [
        start(),
        firstOf('first'),
        caught('m', message('m')),
        caught('t', timer('PT1H')),
        ...sub('sub', [start('s'), user('a', { loop: times(3) }), xor('x'), end('good'), end('bad', error('E'))]),
        border('on', 'sub', error('E')),
        end('e1'),
        end('e2'),
        end('e3'),
      ],
      'start -> first -> m -> sub -> e1',
      'first -> t -> e2',
      's -> a -> x -> [n > 0] bad',
      'x -> [default] good',
      'on -> e3',
    );
    expect(found(events)).toEqual([]);
  });

  it('finds a join that waits for a branch that was not taken', () => {
    const { findings, witness } = judge(choice(and));
    expect(findings).toContain('deadlock');
    expect(witness.map((step) => step.type)).toEqual(['complete']);
  });

  it('finds branches that are not joined', () => {
    const merged = sketch(
      [start(), and('fork'), user('a'), user('b'), xor('merge'), end()],
      'start -> fork -> a -> merge -> end',
      'fork -> b -> merge',
    );
    expect(found(merged)).toEqual(['endReachedAgain']);
    const worked = sketch(
      [start(), and('fork'), user('a'), user('b'), xor('merge'), user('c'), end()],
      'start -> fork -> a -> merge -> c -> end',
      'fork -> b -> merge',
    );
    expect(found(worked)).toEqual(['lackOfSynchronization', 'endReachedAgain']);
  });

  it('tells apart what meets beside the main course', () => {
    const nagged = sketch(
      [start(), xor('again'), user('a'), xor('x'), end(), border('nag', 'a', timer('PT1H'), false), user('remind'), end('reminded')],
      'start -> again -> a -> x -> [n > 0] end',
      'x -> [default] again',
      'nag -> remind -> reminded',
    );
    expect(found(nagged)).toEqual(['besideMainCourse']);
  });

  it('finds a loop that cannot be left', () => {
    const loop = sketch([start(), xor('again'), task('a'), end()], 'start -> again -> a -> again');
    expect(found(loop)).toEqual(['livelock', 'unreachableEnd', 'deadElements']);
  });

  it('finds what no token ever comes to', () => {
    const dead = sketch([start(), user('a'), border('on', 'a', escalation('X')), end(), end('never')], 'start -> a -> end', 'on -> never');
    expect(found(dead)).toEqual(['deadElements']);
  });

  it('finds tokens left behind after an end', () => {
    const left = sketch(
      [start(), and('fork'), xor('split'), and('join'), end('e1'), end('e2')],
      'start -> fork -> split -> [n > 0] join -> e1',
      'split -> [default] e2',
      'fork -> join',
    );
    expect(found(left)).toContain('tokensLeft');
  });

  it('does not mind tokens that a terminate end event removes', () => {
    const model = sketch(
      [start(), and('fork'), user('a'), user('b'), end('stop', terminate), end()],
      'start -> fork -> a -> stop',
      'fork -> b -> end',
    );
    expect(found(model)).toEqual([]);
  });

  it('says so when there are too many markings', () => {
    expect(judge(forkJoin, 2).findings).toContain('undecided');
  });

  it('shows the way to the first bad marking', () => {
    const broken = mutants(forkJoin, ['swapGateway']).find(
      ({ target, model }) => target === 'fork' && judge(model).findings.includes('deadlock'),
    );
    const play = new Playback(broken?.model ?? forkJoin);
    expect(broken).toBeDefined();
    expect(judge(broken?.model ?? forkJoin).witness).toEqual([{ type: 'complete', elementId: 'a', nth: 0 }]);
    expect(play.status).toBe('active');
  });
});

describe('mutants', () => {
  it('cover the mistakes people make with gateways and flows', () => {
    const operators = new Set(mutants(choice(xor)).map(({ operator }) => operator));
    expect([...operators]).toEqual(['dropJoin', 'swapGateway', 'cutFlow', 'addFlow', 'changeDefault', 'dropDefault', 'dropEnd']);
  });

  it('leave the original alone', () => {
    const before = JSON.stringify(forkJoin);
    mutants(forkJoin);
    expect(JSON.stringify(forkJoin)).toBe(before);
  });

  it('of random processes can be judged', () => {
    const models = fc.sample(structuredProcesses(), { numRuns: 25, seed: 7 });
    const verdicts = models.flatMap((model) => mutants(model).filter((_, index) => index % 9 === 0)).map(({ model }) => judge(model, 800));
    const kinds = new Set(verdicts.flatMap(({ findings }) => (findings.length === 0 ? ['sound'] : [...findings])));
    expect([...kinds]).toEqual(expect.arrayContaining(['sound', 'deadlock', 'lackOfSynchronization', 'deadElements']));
  });
});
