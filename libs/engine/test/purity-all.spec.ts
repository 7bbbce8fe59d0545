import { describe, expect, it, vi } from 'vitest';
import { enabledIn } from '@baton/engine';
import type { DecisionPort, ElementKind } from '@baton/engine';
import { Play, after, awaited, becomes, feel, forEach, literal, process, sent, signal, times, undoneBy } from '@baton/engine/testing';

// Features: E-01, E-24

const KINDS: Readonly<Record<ElementKind, true>> = {
  startEvent: true,
  endEvent: true,
  intermediateCatchEvent: true,
  intermediateThrowEvent: true,
  boundaryEvent: true,
  task: true,
  userTask: true,
  manualTask: true,
  serviceTask: true,
  scriptTask: true,
  businessRuleTask: true,
  sendTask: true,
  receiveTask: true,
  callActivity: true,
  subProcess: true,
  exclusiveGateway: true,
  parallelGateway: true,
  inclusiveGateway: true,
  complexGateway: true,
  eventBasedGateway: true,
};

/** A holiday, from the wish to the last photo: every kind of element, every kind of event. */
const everything = process('everything')
  .start('wish', { initiatorVariable: 'traveler' })
  .manualTask('dream')
  .task('note')
  .userTask('ask', { candidateGroups: literal('family'), dueAt: literal('P3D'), priority: feel('n + 50') })
  .serviceTask('lookUp', { jobType: literal('look-up'), outputs: { found: 'hits' } })
  .scriptTask('count', '{ i: i + 1 }', { loop: { kind: 'standard', testBefore: true, condition: feel('i < 3') } })
  .businessRuleTask('rate', 'rating', { resultVariable: 'rating' })
  .sendTask('offer', 'offered', { key: 'n', variables: { price: 'n' } })
  .receiveTask('accept', 'accepted', { key: 'n' })
  .callActivity('insure', 'insurance', { passAllVariables: true, returnAllVariables: true })
  .userTask('vote', {
    loop: forEach('people', 'person', {
      outputCollection: 'votes',
      outputElement: feel('vote'),
      behavior: { type: 'one', event: signal('firstVote') },
    }),
  })
  .serviceTask('pack', { loop: times(2, { sequential: true, completionCondition: feel('numberOfCompletedInstances >= 1') }) })
  .subProcess(
    'book',
    (inside) =>
      inside
        .start('inBook')
        .serviceTask('hotel')
        .throws('warn', { type: 'escalation', escalationCode: 'costly' })
        .ends('giveUp', { type: 'cancel' })
        .boundary('hotelUndone', 'hotel', undoneBy('cancelHotel'))
        .elsewhere()
        .serviceTask('cancelHotel', { isForCompensation: true }),
    { transaction: true },
  )
  .end('never')
  .boundary('costly', 'book', { type: 'escalation', escalationCode: 'costly' }, { interrupting: false })
  .task('save')
  .end('saved')
  .boundary('canceled', 'book', { type: 'cancel' })
  .subProcess('trip', (inside) =>
    inside
      .start('inTrip')
      .userTask('travel')
      .errorEnd('lost', 'lost', 'No map.')
      .boundaryTimer('photo', 'travel', 'R2/PT1H', { kind: 'cycle', interrupting: false })
      .task('shoot')
      .end('shot'),
  )
  .end('neverHome')
  .boundaryError('found', 'trip', { errorCode: 'lost', codeVariable: 'why' })
  .subProcess('evenings', (inside) => inside.userTask('read').elsewhere().task('swim'), {
    adHoc: { ordering: 'sequential', cancelRemaining: true },
  })
  .exclusive('how')
  .otherwise()
  .inclusive('some')
  .when('n > 0')
  .task('write')
  .inclusive('all')
  .parallel('fork')
  .timerCatch('sleep', '2026-05-01T09:00:00[Europe/Berlin]', 'date')
  .complex('first', 'activationCount >= 1')
  .eventBased('whichever')
  .catches('call', awaited('called'))
  .throws('jump', { type: 'link', name: 'home' })
  .from('some')
  .when('n > 1')
  .task('paint')
  .to('all')
  .from('how')
  .when('n > 99')
  .end('rich')
  .from('fork')
  .catches('bell', signal('bell'))
  .to('first')
  .from('whichever')
  .catches('late', after('P1D'))
  .end('missed')
  .elsewhere()
  .catches('landed', { type: 'link', name: 'home' })
  .throwNone('milestone')
  .throws('tell', { type: 'multiple', parallel: false, events: [sent('back'), signal('home')] })
  .catches('rested', becomes('ready = true'))
  .userTask('unpack', { completionQuantity: 2 })
  .task('laundry', { startQuantity: 2, inputSets: [['soap']] })
  .throws('undo', { type: 'compensation' })
  .terminate('done')
  .eventSubProcess('ask2', { id: 'asked', event: awaited('question'), interrupting: false }, (inside) =>
    inside.task('reply').end('replied'),
  )
  .build();

const decisions: DecisionPort = {
  evaluate: (decisionId) => ({
    decisionId,
    value: 5,
    rows: [{ stars: 5 }],
    matches: [{ decisionId, inputs: {}, ruleIds: ['rule-1'], value: 5 }],
  }),
};

/** Play it from the first to the last command, whoever is asked next being the first who waits. */
function playAll(): Play {
  const run = new Play(everything, { decisions });
  run.start({ n: 5, i: 0, people: ['ada', 'bob'], ready: false }, { by: 'cy' });
  for (let turn = 1; run.status === 'active' && turn < 100; turn++) answer(run, turn);
  return run;
}

function answer(run: Play, turn: number): void {
  const { elements, subscriptions, timers } = run.state;
  const adHoc = elements.find(({ waiting }) => waiting === 'adHoc');
  const busy = elements.find(({ waiting }) => waiting === 'job' || waiting === 'userTask' || waiting === 'child');
  // What repeats comes once before the one it is attached to goes on.
  const repeating = timers.find(({ repetitions }) => (repetitions ?? 0) > 0);
  const other = subscriptions.find(({ type, host, elementId }) => type !== 'condition' && (host !== 0 || !run.trace.includes(elementId)));
  const variables = { vote: turn, hits: turn };
  if (repeating !== undefined) run.fire(repeating.elementId);
  else if (busy?.waiting === 'job') run.send({ type: 'completeJob', key: busy.key, variables });
  else if (busy?.waiting === 'child') run.send({ type: 'completeChild', key: busy.key, variables: {} });
  else if (busy !== undefined) run.send({ type: 'completeUserTask', key: busy.key, variables, by: 'ada' });
  else if (adHoc !== undefined) {
    const elementIds = enabledIn(run.process, adHoc.elementId).map(({ id }) => id);
    run.send({ type: 'activateAdHoc', key: adHoc.key, elementIds });
  } else if (other?.type === 'message') run.receive(other.elementId, {}, `message-${turn}`);
  else if (other?.type === 'signal') run.signal(other.elementId);
  else if (timers.length > 0) run.fire(timers[0]!.elementId);
  else run.setVariables({ ready: true, soap: 'green' });
}

/** Run something where there is no clock, no chance and no later. */
function trapped<T>(run: () => T): T {
  const forbidden = (what: string) => () => {
    throw new Error(`The engine asked for ${what}.`);
  };
  class NoDate {
    static readonly now = forbidden('the time');
    static readonly parse = forbidden('a date');
    static readonly UTC = forbidden('a date');
    constructor() {
      forbidden('a date')();
    }
  }
  const everyGet = (what: string) => new Proxy({}, { get: forbidden(what) });
  const traps = {
    Date: NoDate,
    performance: everyGet('a stopwatch'),
    crypto: everyGet('chance'),
    setTimeout: forbidden('later'),
    setInterval: forbidden('later'),
    setImmediate: forbidden('later'),
    queueMicrotask: forbidden('later'),
    fetch: forbidden('the network'),
  };
  try {
    for (const [name, trap] of Object.entries(traps)) vi.stubGlobal(name, trap);
    vi.spyOn(Math, 'random').mockImplementation(forbidden('chance'));
    return run();
  } finally {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }
}

const bytesOf = ({ events, state }: Play) => JSON.stringify({ events, state });

describe('a process with an element of every kind', () => {
  it('really has one of each, and passes nearly all of them', () => {
    const run = playAll();
    // A join keeps its tokens before it is passed.
    const visited = new Set([...run.trace, ...run.all('tokenHeld').map(({ elementId }) => elementId)]);

    expect(new Set(everything.elements.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
    expect(everything.elements.map(({ id }) => id).filter((id) => !visited.has(id))).toEqual([
      'hotelUndone',
      'never',
      'neverHome',
      'rich',
      'late',
      'missed',
    ]);
    expect([run.status, run.incidents]).toEqual(['completed', []]);
  });

  it('runs where there is no clock, no chance and no later', () => {
    expect(trapped(playAll).status).toBe('completed');
  });

  it('would notice if it asked for one of them', () => {
    const asks: readonly (() => unknown)[] = [
      () => Date.now(),
      () => new Date(),
      () => Math.random(),
      () => performance.now(),
      () => crypto.randomUUID(),
      () => setTimeout(() => {}, 0),
      () => queueMicrotask(() => {}),
    ];
    for (const ask of asks) expect(() => trapped(ask)).toThrowError('The engine asked for');
  });

  it('gives the same bytes for the same commands, the second time as the first', () => {
    const [first, second, third] = [playAll(), playAll(), trapped(playAll)].map(bytesOf);

    expect(second).toBe(first);
    expect(third).toBe(first);
  });
});
