import { describe, expect, it } from 'vitest';
import { after, awaited, play, process, signal } from '../testing/index.js';
import type { Play } from '../testing/index.js';
import type { Command, CommandType } from './command.js';
import type { Instance, InstanceStatus } from './instance.js';
import { LIFE_CYCLE } from './life-cycle.js';
import { Refusal } from './refusal.js';
import { step } from './step.js';

// Features: E-08, E-10

type Verdict = 'takes' | 'keeps' | 'refuses';

/** Written by hand, apart from the code: what an instance takes in each state. */
const EXPECTED = `
                    created   active    suspended   completed   terminated
start               takes     refuses   refuses     refuses     refuses
completeJob         refuses   takes     keeps       refuses     refuses
failJob             refuses   takes     keeps       refuses     refuses
throwError          refuses   takes     keeps       refuses     refuses
throwEscalation     refuses   takes     keeps       refuses     refuses
assignUserTask      refuses   takes     takes       refuses     refuses
completeUserTask    refuses   takes     refuses     refuses     refuses
completeChild       refuses   takes     keeps       refuses     refuses
failChild           refuses   takes     keeps       refuses     refuses
escalateChild       refuses   takes     keeps       refuses     refuses
fireTimer           refuses   takes     keeps       refuses     refuses
correlateMessage    refuses   takes     keeps       refuses     refuses
receiveSignal       refuses   takes     keeps       refuses     refuses
continue            refuses   takes     refuses     refuses     refuses
setVariables        refuses   takes     takes       refuses     refuses
resolveIncident     refuses   takes     takes       refuses     refuses
suspend             refuses   takes     refuses     refuses     refuses
resume              refuses   refuses   takes       refuses     refuses
cancel              refuses   takes     takes       refuses     refuses
activateAdHoc       refuses   takes     refuses     refuses     refuses
completeAdHoc       refuses   takes     refuses     refuses     refuses
rescheduleTimer     refuses   takes     takes       refuses     refuses
modify              refuses   takes     takes       refuses     refuses
`;

const [header, ...lines] = EXPECTED.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const expected = lines.flatMap(([type, ...verdicts]) =>
  header!.map((status, at) => [type as CommandType, status as InstanceStatus, verdicts[at] as Verdict] as const),
);

/** Waits for one of everything; completing `stop` ends it all. */
const everything = process('everything')
  .start()
  .parallel('fork')
  .serviceTask('job')
  .end('e1')
  .from('fork')
  .userTask('stop')
  .terminate('all')
  .from('fork')
  .catches('later', after('PT1H'))
  .end('e2')
  .from('fork')
  .catches('letter', awaited('letter'))
  .end('e3')
  .from('fork')
  .catches('horn', signal('horn'))
  .end('e4')
  .from('fork')
  .callActivity('called', 'other')
  .end('e5')
  .from('fork')
  .scriptTask('broken', '{ x: missing + 1 }')
  .end('e6')
  .from('fork')
  .subProcess('adHoc', (inside) => inside.elsewhere().userTask('any'), {
    adHoc: { ordering: 'parallel', cancelRemaining: true },
  })
  .end('e7')
  .from('fork')
  .scriptTask('count', '{ n: n + 1 }')
  .exclusive('enough')
  .when('n > 600')
  .end('e8')
  .from('enough')
  .otherwise()
  .to('count');

function instanceThatIs(status: InstanceStatus): Play {
  const run = play(everything);
  if (status === 'created') return run;
  run.start({ n: 0 });
  if (status === 'suspended') run.send({ type: 'suspend' });
  if (status === 'completed') run.complete('stop');
  if (status === 'terminated') run.cancel();
  expect(run.status).toBe(status);
  return run;
}

function sample(type: CommandType, { state, clock: at }: Play): Command {
  const key = (elementId: string) => state.elements.find((one) => one.elementId === elementId)?.key ?? 1;
  const keyIn = (table: 'timers' | 'subscriptions', elementId: string) => state[table].find((one) => one.elementId === elementId)?.key ?? 1;
  switch (type) {
    case 'start':
      return { type, at, variables: {} };
    case 'completeJob':
      return { type, at, key: key('job'), variables: {} };
    case 'failJob':
      return { type, at, key: key('job'), message: 'no' };
    case 'throwError':
      return { type, at, key: key('job'), errorCode: 'E' };
    case 'throwEscalation':
      return { type, at, key: key('job'), escalationCode: 'E' };
    case 'assignUserTask':
      return { type, at, key: key('stop'), assignee: 'ada' };
    case 'completeUserTask':
      return { type, at, key: key('stop'), variables: {} };
    case 'completeChild':
      return { type, at, key: key('called'), variables: {} };
    case 'failChild':
      return { type, at, key: key('called'), message: 'no' };
    case 'escalateChild':
      return { type, at, key: key('called'), escalationCode: 'E', variables: {} };
    case 'fireTimer':
      return { type, at, timer: keyIn('timers', 'later') };
    case 'correlateMessage':
      return { type, at, subscription: keyIn('subscriptions', 'letter'), messageId: 'm', variables: {} };
    case 'receiveSignal':
      return { type, at, subscription: keyIn('subscriptions', 'horn'), variables: {} };
    case 'setVariables':
      return { type, at, scope: 0, variables: { x: 1 } };
    case 'resolveIncident':
      return { type, at, incident: state.incidents[0]?.key ?? 1 };
    case 'activateAdHoc':
      return { type, at, key: key('adHoc'), elementIds: ['any'] };
    case 'completeAdHoc':
      return { type, at, key: key('adHoc') };
    case 'rescheduleTimer':
      return { type, at, timer: keyIn('timers', 'later'), dueAt: at };
    case 'modify':
      return { type, at, changes: [{ type: 'terminate', key: key('job') }] };
    case 'continue':
    case 'suspend':
    case 'resume':
    case 'cancel':
      return { type, at };
  }
}

function codeFor(type: CommandType, status: InstanceStatus): string {
  if (type === 'start') return 'already-started';
  if (status === 'suspended') return 'instance-suspended';
  return status === 'active' ? 'instance-active' : 'instance-not-active';
}

function refusalOf(action: () => unknown): Refusal | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  return undefined;
}

describe('the life cycle of an instance', () => {
  it('is the one we mean, command by command', () => {
    const asWritten = Object.fromEntries(
      lines.map(([type, ...verdicts]) => [type, Object.fromEntries(header!.map((status, at) => [status, verdicts[at]]))]),
    );
    expect(LIFE_CYCLE).toEqual(asWritten);
  });

  it.each(expected.filter(([, , verdict]) => verdict === 'refuses'))('refuses %s when %s, and nothing changes', (type, status) => {
    const run = instanceThatIs(status);
    const { state } = run;
    const before = JSON.stringify(state);

    const refusal = refusalOf(() => step(run.process, state, sample(type, run)));

    expect(refusal?.code).toBe(codeFor(type, status));
    expect(refusal?.message).toMatch(/^[A-Z].*\.$/);
    expect(JSON.stringify(state)).toBe(before);
  });

  it.each(expected.filter(([, , verdict]) => verdict === 'takes'))('takes %s when %s', (type, status) => {
    const run = instanceThatIs(status);
    const { state } = run;

    const { events } = step(run.process, state, sample(type, run));

    expect(events.length).toBeGreaterThan(0);
    expect(events.map((event) => event.type)).not.toContain('commandDeferred');
  });

  it.each(expected.filter(([, , verdict]) => verdict === 'keeps'))('keeps %s for later when %s, and no token moves', (type, status) => {
    const run = instanceThatIs(status);
    const { state } = run;
    const { elements, timers, subscriptions } = JSON.parse(JSON.stringify(state)) as Instance;
    const command = sample(type, run);

    const { events } = step(run.process, state, command);

    expect(events[0]).toEqual({ type: 'commandDeferred', command });
    expect(events.slice(1).every((event) => event.type === 'stepYielded')).toBe(true);
    expect(state).toMatchObject({ elements, timers, subscriptions, deferred: [command] });
  });

  it('refuses an answer to what does not wait for it, whatever the state', () => {
    const run = instanceThatIs('suspended');

    expect(() => run.send({ type: 'completeJob', key: run.keyOf('stop'), variables: {} })).toThrow('is not waiting for a job');
  });
});
