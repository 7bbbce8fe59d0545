import { describe, expect, it } from 'vitest';
import { becomes, play, process, tinyExpressions } from '../../testing/index.js';
import { compile } from '../compile.js';
import { Simulation } from '../simulation/simulation.js';

// Features: E-04, M-13
// Covers: conditional / false to true

describe('a conditional event', () => {
  it('waits until its condition is true', () => {
    const run = play(process('p').start().catches('rich', becomes('total > 10')).userTask('next').end()).start({ total: 1 });
    expect(run.waitingAt).toEqual(['rich']);

    expect(run.setVariables({ total: 5 }).waitingAt).toEqual(['rich']);
    expect(run.setVariables({ total: 50 }).waitingAt).toEqual(['next']);
  });

  it('goes on at once when its condition is true already', () => {
    expect(play(process('p').start().catches('rich', becomes('total > 10')).end()).start({ total: 99 }).status).toBe('completed');
  });

  it('is looked at after each change, whoever makes it', () => {
    const model = process('p')
      .start()
      .parallel('fork')
      .catches('rich', becomes('total > 10'))
      .userTask('next')
      .end()
      .from('fork')
      .userTask('count')
      .scriptTask('sum', '{ total: n + 1 }')
      .end('e2');

    expect(play(model).start().complete('count', { total: 20, n: 1 }).waitingAt).toEqual(['next']);
    expect(play(model).start().complete('count', { n: 10 }).waitingAt).toEqual(['next']);
  });

  it('takes a variable that is missing for not true', () => {
    const run = play(process('p').start().catches('rich', becomes('total + 1 > 10')).end()).start();

    expect(run.incidents).toEqual([]);
    expect(run.waitingAt).toEqual(['rich']);
  });

  it('records what it saw when it changed', () => {
    const run = play(process('p').start().catches('rich', becomes('total > 10')).end())
      .start({ total: 1 })
      .setVariables({ total: 11 });

    expect(run.all('conditionChanged')).toMatchObject([{ isTrue: true, reads: { total: 11 } }]);
  });
});

describe('a conditional event on a border', () => {
  const border = (interrupting: boolean) =>
    play(
      process('p')
        .start()
        .userTask('work')
        .end()
        .boundary('rich', 'work', becomes('total > 10'), { interrupting })
        .userTask('react')
        .end('e2'),
    ).start({ total: 1 });

  it('ends its activity when it interrupts', () => {
    const run = border(true).setVariables({ total: 11 });

    expect(run.waitingAt).toEqual(['react']);
    expect(run.state.subscriptions).toEqual([]);
  });

  it('fires again only after it was false', () => {
    const run = border(false).setVariables({ total: 11 }).setVariables({ total: 12 });
    expect(run.waitingAt).toEqual(['work', 'react']);

    run.setVariables({ total: 1 });
    expect(run.waitingAt).toEqual(['work', 'react']);
    expect(run.setVariables({ total: 13 }).waitingAt).toEqual(['work', 'react', 'react']);
  });

  it('fires as soon as its activity begins when it is true by then', () => {
    const run = play(
      process('p').start().userTask('work').end().boundary('rich', 'work', becomes('total > 10')).userTask('react').end('e2'),
    ).start({ total: 11 });

    expect(run.waitingAt).toEqual(['react']);
  });

  it("sees the activity's own variables", () => {
    const run = play(
      process('p')
        .start()
        .userTask('work', { inputs: { limit: 'total + 1' } })
        .end()
        .boundary('rich', 'work', becomes('spent > limit'))
        .userTask('react')
        .end('e2'),
    ).start({ total: 10, spent: 0 });

    expect(run.setVariables({ spent: 11 }).waitingAt).toEqual(['work']);
    expect(run.setVariables({ spent: 12 }).waitingAt).toEqual(['react']);
  });
});

describe('a conditional start event', () => {
  it('starts an instance when the offered variables make it true', () => {
    const simulation = new Simulation();
    const model = process('p')
      .start('rich', { event: becomes('total > 10') })
      .userTask('next')
      .end();
    simulation.deploy(compile(model.build(), { expressions: tinyExpressions }));

    expect(simulation.offer({ total: 1 })).toEqual([]);
    const [id] = simulation.offer({ total: 11 });
    expect(simulation.instance(id!).state.scopes[0]!.variables).toEqual({ total: 11 });
    expect(simulation.waiting).toMatchObject([{ elementId: 'next' }]);
  });
});

describe('several conditions at once', () => {
  it('fire in the order they began to wait, and one that was ended by another does not', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').catches('inner', becomes('a = 1')).userTask('never').end('out'))
        .end()
        .boundary('outer', 'sub', becomes('a = 1'))
        .userTask('react')
        .end('e2'),
    ).start({ a: 0 });

    expect(run.setVariables({ a: 1 }).waitingAt).toEqual(['react']);
  });

  it('are looked at on resuming when variables were changed while it was suspended', () => {
    const run = play(process('p').start().catches('rich', becomes('total > 10')).userTask('next').end()).start({ total: 1 });
    run.send({ type: 'suspend' }).setVariables({ total: 11 });
    expect(run.waitingAt).toEqual(['rich']);

    expect(run.send({ type: 'resume' }).waitingAt).toEqual(['next']);
  });

  it('are looked at once more after what the last of them wrote', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .catches('two', becomes('b = 1'))
        .userTask('next')
        .end()
        .from('fork')
        .userTask('work')
        .end('e2')
        .boundary('one', 'work', becomes('a = 1'), { interrupting: false, outputs: { b: 'a' } }),
    ).start({ a: 0, b: 0 });

    expect(run.setVariables({ a: 1 }).waitingAt).toEqual(['work', 'next']);
  });

  it('that make each other true are followed up within the step', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .catches('one', becomes('a = 1'))
        .scriptTask('then', '{ b: 1 }')
        .end()
        .from('fork')
        .catches('two', becomes('b = 1'))
        .userTask('next')
        .end('e2'),
    ).start({ a: 0, b: 0 });

    expect(run.setVariables({ a: 1 }).waitingAt).toEqual(['next']);
  });
});
