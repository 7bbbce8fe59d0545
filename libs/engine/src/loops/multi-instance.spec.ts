import { describe, expect, it } from 'vitest';
import { feel, forEach, play, process, sent, signal, times } from '../../testing/index.js';
import type { MultiInstance } from '../model.js';

// Features: E-05, E-06
// Covers: loop / multi-instance, parallel
// Covers: loop / multi-instance, sequential
// Covers: loop / multi-instance, behavior

const reviews = (loop: MultiInstance) => process('p').start().userTask('review', { loop }).userTask('next').end();
const places = ['Rome', 'Oslo', 'Bern'];

describe('a parallel multi-instance', () => {
  it('begins all at once and ends when all are done', () => {
    const run = play(reviews(times(3) as MultiInstance)).start();
    expect(run.waitingAt).toEqual(['review', 'review', 'review', 'review']);

    expect(run.complete('review').complete('review').waitingAt).toEqual(['review', 'review']);
    expect(run.complete('review').waitingAt).toEqual(['next']);
  });

  it('gives each its item and its number', () => {
    const run = play(reviews(forEach('places', 'place') as MultiInstance)).start({ places });

    expect(run.state.scopes.filter(({ parent }) => parent !== null && parent !== 0).map(({ variables }) => variables)).toEqual([
      { loopCounter: 1, place: 'Rome' },
      { loopCounter: 2, place: 'Oslo' },
      { loopCounter: 3, place: 'Bern' },
    ]);
  });

  it('gathers the outputs in the order of the items, whoever was done first', () => {
    const run = play(
      reviews(forEach('places', 'place', { outputCollection: 'notes', outputElement: feel('note') }) as MultiInstance),
    ).start({ places });
    const keys = run.state.elements.filter(({ loopCounter }) => loopCounter !== undefined).map(({ key }) => key);
    const finish = (index: number, note: string) => run.send({ type: 'completeUserTask', key: keys[index]!, variables: { note } });

    finish(2, 'cold');
    finish(0, 'old');
    expect(run.variables).toEqual({ places });
    finish(1, 'far');
    expect(run.variables).toEqual({ places, notes: ['old', 'far', 'cold'] });
    expect(run.waitingAt).toEqual(['next']);
  });

  it('is over when its completion condition is true; the rest is taken away', () => {
    const run = play(
      reviews(
        forEach('places', 'place', {
          completionCondition: feel('numberOfCompletedInstances >= 2'),
          outputCollection: 'notes',
          outputElement: feel('note'),
        }) as MultiInstance,
      ),
    ).start({ places });

    run.complete('review', { note: 'old' }).complete('review', { note: 'far' });
    expect(run.waitingAt).toEqual(['next']);
    expect(run.variables['notes']).toEqual(['old', 'far', null]);
    expect(run.all('elementTerminated')).toHaveLength(1);
  });

  it.each([
    'numberOfActiveInstances = 1',
    'numberOfCompletedInstances = 2',
    'numberOfInstances - nrOfActiveInstances = 2',
    'nrOfInstances - 1 = nrOfCompletedInstances + numberOfTerminatedInstances',
  ])('tells its completion condition how many there are: %s', (condition) => {
    const run = play(reviews(times(3, { completionCondition: feel(condition) }) as MultiInstance)).start();

    expect(run.complete('review').waitingAt).toHaveLength(3);
    expect(run.complete('review').waitingAt).toEqual(['next']);
  });

  it('of nothing is done at once, with an empty list', () => {
    const run = play(
      reviews(forEach('places', 'place', { outputCollection: 'notes', outputElement: feel('note') }) as MultiInstance),
    ).start({ places: [] });

    expect(run.waitingAt).toEqual(['next']);
    expect(run.variables).toEqual({ places: [], notes: [] });
  });

  it('fixes its items when it begins', () => {
    const run = play(reviews(forEach('places', 'place', { sequential: true }) as MultiInstance)).start({ places: ['Rome', 'Oslo'] });
    run.setVariables({ places: [] });

    expect(run.complete('review').complete('review').waitingAt).toEqual(['next']);
  });

  it('stops where the collection is no list, or the number is none', () => {
    expect(play(reviews(forEach('places', 'place') as MultiInstance)).start({ places: 'Rome' }).incidents).toEqual(['expression-failed']);
    expect(play(reviews(forEach('places', 'place') as MultiInstance)).start().incidents).toEqual(['expression-failed']);
    expect(play(reviews(times('n') as MultiInstance)).start({ n: -1 }).incidents).toEqual(['expression-failed']);
    const run = play(reviews(times('n') as MultiInstance)).start({ n: 1.5 });
    expect(run.setVariables({ n: 1 }).resolve('review').complete('review').waitingAt).toEqual(['next']);
  });

  it('is followed by its way out once', () => {
    const run = play(
      process('p')
        .start()
        .task('each', { loop: times(5) })
        .userTask('next')
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['next']);
    expect(run.all('elementPassed').filter(({ elementId, loopCounter }) => elementId === 'each' && loopCounter !== undefined)).toHaveLength(
      5,
    );
  });
});

describe('a sequential multi-instance', () => {
  it('begins the next when the one before is done', () => {
    const run = play(reviews(forEach('places', 'place', { sequential: true }) as MultiInstance)).start({ places });
    const placeNow = () => run.state.scopes.at(-1)!.variables['place'];

    expect(placeNow()).toBe('Rome');
    expect(run.complete('review').waitingAt).toEqual(['review', 'review']);
    expect(placeNow()).toBe('Oslo');
    expect(run.complete('review').complete('review').waitingAt).toEqual(['next']);
  });

  it('ends early by its completion condition', () => {
    const run = play(
      reviews(forEach('places', 'place', { sequential: true, completionCondition: feel('found = true') }) as MultiInstance),
    ).start({ places, found: false });

    expect(run.complete('review').complete('review', { found: true }).waitingAt).toEqual(['next']);
    expect(run.all('elementTerminated')).toEqual([]);
  });

  it('writes what each hands on, for the next to see', () => {
    const run = play(
      process('p')
        .start()
        .scriptTask('sum', '{ total: total + n }', { loop: forEach('list', 'n', { sequential: true }) })
        .end(),
    ).start({ total: 0, list: [1, 2, 3] });

    expect(run.variables['total']).toBe(6);
  });
});

describe('a multi-instance sub-process', () => {
  const each = (more: Partial<MultiInstance> = {}) =>
    process('p')
      .start()
      .subProcess('sub', (inside) => inside.start('in').serviceTask('pay').end('out'), {
        loop: forEach('places', 'place', more),
        properties: ['paid'],
      })
      .userTask('next')
      .end();

  it('keeps the variables of each apart', () => {
    const run = play(each({ outputCollection: 'all', outputElement: feel('paid') })).start({ places: ['Rome', 'Oslo'] });
    run.complete('pay', { paid: 1 }).complete('pay', { paid: 2 });

    expect(run.variables['all']).toEqual([1, 2]);
  });

  it('is ended as a whole by an error on its border, and the others with it', () => {
    const run = play(each().boundaryError('bad', 'sub', { errorCode: 'E' }).userTask('react').end('e2')).start({ places });

    expect(run.throwError('pay', 'E').waitingAt).toEqual(['react']);
  });

  it('is ended as a whole by a timer on its border', () => {
    const run = play(each().boundaryTimer('late', 'sub', 'PT1H').userTask('react').end('e2')).start({ places });
    expect(run.all('timerScheduled')).toHaveLength(1);

    expect(run.complete('pay').fire('late').waitingAt).toEqual(['react']);
  });

  it('hands an error that its event sub-process throws on to its border, and to no other instance', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'sub',
          (inside) =>
            inside
              .start('in')
              .serviceTask('pay')
              .end('out')
              .eventSubProcess('care', { id: 'cs', event: { type: 'error' } }, (deep) => deep.userTask('try').errorEnd('ce', 'WORSE')),
          { loop: forEach('places', 'place') },
        )
        .end()
        .boundaryError('bad', 'sub')
        .userTask('react')
        .end('e2'),
    ).start({ places: ['Rome', 'Oslo'] });
    run.throwError('pay', 'E');
    expect(run.waitingAt).toEqual(['sub', 'sub', 'sub', 'pay', 'care', 'try']);

    expect(run.complete('try').waitingAt).toEqual(['react']);
  });

  it('ends one instance alone by a terminate end event', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'sub',
          (inside) => inside.start('in').parallel('fork').userTask('slow').end('out').from('fork').userTask('stop').terminate('now'),
          { loop: times(2) },
        )
        .userTask('next')
        .end(),
    ).start();

    expect(run.complete('stop').waitingAt.toSorted()).toEqual(['slow', 'stop', 'sub', 'sub']);
    expect(run.complete('stop').waitingAt).toEqual(['next']);
  });

  it('with an incident in one lets the others be done, and waits for it', () => {
    const run = play(each()).start({ places: ['Rome', 'Oslo'] });
    run.fail('pay', 'down', 0).complete('pay');
    expect(run.waitingAt).toEqual(['sub', 'sub', 'pay']);

    expect(run.resolve('pay').complete('pay').waitingAt).toEqual(['next']);
  });
});

describe('what a multi-instance throws', () => {
  const throwing = (behavior: MultiInstance['behavior'] & {}) =>
    process('p')
      .start()
      .userTask('review', { loop: times(3, { behavior }) })
      .end()
      .boundary('heard', 'review', { type: 'escalation' }, { interrupting: false })
      .userTask('tell')
      .end('e2');
  const event = { type: 'escalation', escalationCode: 'DONE' } as const;
  const told = (run: ReturnType<typeof play>) => run.waitingAt.filter((elementId) => elementId === 'tell').length;

  it('at every completion, caught on its own border', () => {
    const run = play(throwing({ type: 'none', event }))
      .start()
      .complete('review')
      .complete('review');

    expect(told(run)).toBe(2);
  });

  it('only at the first', () => {
    const run = play(throwing({ type: 'one', event }))
      .start()
      .complete('review')
      .complete('review');

    expect(told(run)).toBe(1);
  });

  it('as conditions say', () => {
    const definitions = [
      { condition: feel('numberOfCompletedInstances = 2'), event: signal('half') },
      { condition: feel('numberOfCompletedInstances = 3'), event: sent('all') },
    ];
    const run = play(throwing({ type: 'complex', definitions }))
      .start()
      .complete('review')
      .complete('review');
    expect(run.all('signalThrown')).toMatchObject([{ signalName: 'half', elementId: 'review' }]);

    run.complete('review');
    expect(run.all('messagePublished')).toMatchObject([{ messageName: 'all' }]);
    expect(run.status).toBe('completed');
  });

  it('may end it, when the event on its border interrupts', () => {
    const run = play(
      process('p')
        .start()
        .userTask('review', { loop: times(3, { behavior: { type: 'one', event } }) })
        .end()
        .boundary('heard', 'review', { type: 'escalation', escalationCode: 'DONE' })
        .userTask('tell')
        .end('e2'),
    ).start();

    expect(run.complete('review').waitingAt).toEqual(['tell']);
  });
});
