import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, play, process, signal, times, tinyExpressions } from '../../testing/index.js';
import type { Play, ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import { planMigration } from './plan.js';

// Features: E-13, B-01

const order = () => process('order').start().userTask('check').userTask('pack').end();

/** Codes and elements of what stands against it. */
function problems(run: Play, to: ProcessBuilder, mapping: Readonly<Record<string, string>> = {}): readonly string[] {
  const found = planMigration(run.process, compile(to.build(), { expressions: tinyExpressions }), run.state, mapping);
  for (const { message } of found) expect(message).toMatch(/^\S.*\.$/);
  return found.map(({ code, elementId }) => `${code} ${elementId}`);
}

describe('migrating an instance', () => {
  it('goes on in the new version', () => {
    const to = process('order').start().userTask('check').serviceTask('pay').userTask('pack').end();
    const run = play(order()).start().migrate(to).complete('check');

    expect(run.waitingAt).toEqual(['pay']);
  });

  it('says to what, by whom, why, and what became of each place', () => {
    const to = process('order2').start().userTask('review').end();
    const run = play(order()).start().migrate(to, { check: 'review' }, { by: 'ada', reason: 'new rules' });

    expect(run.last).toEqual([
      {
        type: 'instanceMigrated',
        processId: 'order2',
        elements: { check: 'review' },
        flows: { start_to_check: 'start_to_review' },
        by: 'ada',
        reason: 'new rules',
      },
    ]);
    expect(run.state.processId).toBe('order2');
    expect(run.waitingAt).toEqual(['review']);
    expect(run.complete('review').status).toBe('completed');
  });

  it('does not mind what the instance has passed, nor what lies ahead', () => {
    const to = process('order').start('other').userTask('check').end('done');
    const run = play(order()).start().migrate(to);

    expect(run.complete('check').trace.slice(-2)).toEqual(['done', 'completed']);
  });

  it('keeps what a person already has: assignee and variables', () => {
    const run = play(order())
      .start({ x: 1 })
      .assign('check', 'ada')
      .migrate(process('order').start().userTask('check2').end(), { check: 'check2' });

    expect(run.state.elements[0]).toMatchObject({ elementId: 'check2', waiting: 'userTask', assignee: 'ada' });
    expect(run.variables).toEqual({ x: 1 });
  });

  it('is possible while the instance is suspended, and moves nothing then', () => {
    const run = play(order())
      .start()
      .send({ type: 'suspend' })
      .migrate(process('order').start().userTask('review').end(), { check: 'review' });

    expect(run.status).toBe('suspended');
    expect(run.send({ type: 'resume' }).complete('review').status).toBe('completed');
  });

  it('takes along answers that were kept while it was suspended', () => {
    const jobs = (id: string) => process('p').start().serviceTask(id).userTask('pack').end();
    const run = play(jobs('pay'))
      .start()
      .send({ type: 'suspend' })
      .complete('pay', { paid: true })
      .migrate(jobs('charge'), { pay: 'charge' });

    run.send({ type: 'resume' });
    expect(run.waitingAt).toEqual(['pack']);
    expect(run.variables).toEqual({ paid: true });
  });

  it.each(['completed', 'terminated'])('is refused once the instance is %s', (status) => {
    const run = play(order()).start();
    if (status === 'completed') run.complete('check').complete('pack');
    else run.cancel();

    expect(() => run.migrate(order())).toThrow(`This instance is ${status}`);
  });

  it('is refused before the instance has started', () => {
    expect(() => play(order()).migrate(order())).toThrow('has not been started');
  });

  it('refuses with all reasons at once', () => {
    const two = process('p').start().parallel('fork').userTask('a').end('e1').from('fork').serviceTask('b').end('e2');
    const to = process('p').start().parallel('fork').serviceTask('a').end('e1');
    const run = play(two).start();

    expect(problems(run, to)).toEqual(['element-differs a', 'element-missing b']);
    expect(() => run.migrate(to)).toThrow(/The instance is at a, which is a userTask, a a serviceTask\. The instance is at b,/);
    expect(run.waitingAt).toEqual(['a', 'b']);
  });

  it('needs the instance to be one of the old version', () => {
    const run = play(order()).start();

    expect(
      planMigration(
        compile(process('x').start().userTask('check').end().build(), { expressions: tinyExpressions }),
        run.process,
        run.state,
        {},
      ),
    ).toMatchObject([{ code: 'wrong-process', elementId: 'x' }]);
  });

  it('needs the version the instance really is of', () => {
    const run = play(order()).start();
    const other = compile(process('order').start().userTask('else').end().build(), { expressions: tinyExpressions });

    expect(planMigration(other, run.process, run.state, {})).toMatchObject([{ code: 'wrong-process', elementId: 'check' }]);
  });

  it('needs a mapping of elements that exist', () => {
    expect(problems(play(order()).start(), order(), { nothing: 'check', check: 'nowhere' })).toEqual([
      'unknown-element nothing',
      'unknown-element nowhere',
    ]);
  });
});

describe('what must agree', () => {
  const waiting = (run: Play) => run.start({ n: 2, list: [1, 2] });

  it.each<readonly [string, ProcessBuilder, ProcessBuilder, string]>([
    [
      'the type of an event',
      process('p').start().catches('a', after('PT1H')).end(),
      process('p').start().catches('a', awaited('m')).end(),
      'element-differs a',
    ],
    [
      'the types of several events',
      process('p')
        .start()
        .catches('a', { type: 'multiple', parallel: false, events: [after('PT1H'), signal('s')] })
        .end(),
      process('p')
        .start()
        .catches('a', { type: 'multiple', parallel: false, events: [signal('s'), after('PT1H')] })
        .end(),
      'element-differs a',
    ],
    [
      'the kind of loop',
      process('p')
        .start()
        .userTask('a', { loop: times(2) })
        .end(),
      process('p').start().userTask('a').end(),
      'element-differs a',
    ],
    [
      'the order of a loop',
      process('p')
        .start()
        .userTask('a', { loop: times(2) })
        .end(),
      process('p')
        .start()
        .userTask('a', { loop: times(2, { sequential: true }) })
        .end(),
      'element-differs a',
    ],
    [
      'how the work is done',
      process('p').start().serviceTask('a').end(),
      process('p').start().sendTask('a', 'm').end(),
      'element-differs a',
    ],
    [
      'the kind of sub-process',
      process('p')
        .start()
        .subProcess('s', (inside) => inside.start('in').userTask('a').end('out'))
        .end(),
      process('p')
        .start()
        .subProcess('s', (inside) => inside.start('in').userTask('a').end('out'), { transaction: true })
        .end(),
      'element-differs s',
    ],
    [
      'the sub-process around a token',
      process('p')
        .start()
        .subProcess('s', (inside) => inside.start('in').userTask('a').end('out'))
        .end(),
      process('p')
        .start()
        .subProcess('s', (inside) => inside.start('in').userTask('b').end('out'))
        .userTask('a')
        .end(),
      'nesting-differs a',
    ],
    [
      'being inside a sub-process at all',
      process('p').start().userTask('a').end(),
      process('p')
        .start()
        .subProcess('s', (inside) => inside.start('in').userTask('a').end('out'))
        .end(),
      'nesting-differs a',
    ],
  ])('%s', (_what, from, to, problem) => {
    expect(problems(waiting(play(from)), to)).toEqual([problem]);
    expect(problems(waiting(play(from)), from)).toEqual([]);
  });
});

describe('migrating what waits', () => {
  it('keeps a timer as it was scheduled', () => {
    const timer = (id: string, text: string) => process('p').start().catches(id, after(text)).end();
    const run = play(timer('a', 'PT1H')).start();
    const { dueAt } = run.state.timers[0]!;
    run.migrate(timer('b', 'PT5H'), { a: 'b' });

    expect(run.state.timers).toMatchObject([{ elementId: 'b', dueAt }]);
    expect(run.fire('b').status).toBe('completed');
  });

  it('keeps a subscription as it was opened', () => {
    const message = (id: string, name: string) => process('p').start().receiveTask(id, name).end();
    const run = play(message('a', 'old')).start().migrate(message('b', 'new'), { a: 'b' });

    expect(run.state.subscriptions).toMatchObject([{ elementId: 'b', messageName: 'old' }]);
    expect(run.receive('b').status).toBe('completed');
  });

  it('looks at a condition as it is written now', () => {
    const condition = (text: string) => process('p').start().catches('a', becomes(text)).end();
    const run = play(condition('x > 5')).start({ x: 3 });
    expect(run.waitingAt).toEqual(['a']);

    expect(run.migrate(condition('x > 2')).status).toBe('completed');
  });

  it('lets a called process answer under the new name', () => {
    const call = (id: string) => process('p').start().callActivity(id, 'other', { returnAllVariables: true }).end();
    const run = play(call('a')).start().migrate(call('b'), { a: 'b' });

    expect(run.complete('b', { y: 1 }).variables).toEqual({ y: 1 });
  });

  it('leaves an incident where it was, to be resolved there', () => {
    const script = (id: string, text: string) => process('p').start().scriptTask(id, text).end();
    const run = play(script('a', '{ y: x + 1 }')).start().migrate(script('b', '{ y: 1 }'), { a: 'b' });

    expect(run.state.incidents).toMatchObject([{ elementId: 'b' }]);
    expect(run.resolve('b').status).toBe('completed');
  });

  it('renames the inner instances of a loop with their body', () => {
    const loop = (id: string) =>
      process('p')
        .start()
        .userTask(id, { loop: times(2) })
        .end();
    const run = play(loop('a')).start().migrate(loop('b'), { a: 'b' });
    expect(run.waitingAt).toEqual(['b', 'b', 'b']);

    for (const { key } of run.state.elements.slice(1)) run.send({ type: 'completeUserTask', key, variables: {} });
    expect(run.status).toBe('completed');
  });

  it('renames a sub-process with what is inside it', () => {
    const nested = (outer: string, inner: string) =>
      process('p')
        .start()
        .subProcess(outer, (inside) => inside.start('in').userTask(inner).end('out'))
        .end();
    const run = play(nested('s', 'a')).start().migrate(nested('t', 'b'), { s: 't', a: 'b' });

    expect(run.waitingAt).toEqual(['t', 'b']);
    expect(run.complete('b').status).toBe('completed');
  });

  it('brings tokens on their way to where their elements are now', () => {
    const long = (id: string) =>
      process('p')
        .start()
        .scriptTask('count', '{ n: n + 1 }')
        .exclusive('enough')
        .when('n > 600')
        .userTask(id)
        .end()
        .from('enough')
        .otherwise()
        .to('count');
    const run = play(long('a')).start({ n: 0 });
    expect(run.state.ready).toHaveLength(1);

    run.migrate(long('b'));
    expect(run.waitingAt).toEqual(['b']);
  });
});
