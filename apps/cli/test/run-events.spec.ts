import { describe, expect, it } from 'vitest';
import { baton, bpmn, folderWith, jsonOf, sequence } from './baton.js';

// Features: E-24

interface Result {
  readonly state: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly trace: readonly { readonly elementId: string; readonly event: string; readonly body?: boolean }[];
  readonly error?: { readonly code: string };
  readonly waiting: readonly { readonly elementId: string; readonly type: string }[];
}

const flow = (source: string, target: string) => `<sequenceFlow id="${source}-${target}" sourceRef="${source}" targetRef="${target}"/>`;
const caught = (id: string, definition: string) =>
  [id, `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`] as const;
const CLOSING = '<signalEventDefinition signalRef="closing"/>';
const PAID = '<messageEventDefinition messageRef="paid"/>';
const HOUR = '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>';
const whenTrue = (text: string) =>
  `<conditionalEventDefinition><condition xsi:type="tFormalExpression">${text}</condition></conditionalEventDefinition>`;
const ROOTS =
  '<signal id="closing" name="Closing time"/><message id="paid" name="Payment received"/><escalation id="late" escalationCode="late"/>';
const file = folderWith({
  'signal.bpmn': bpmn(`${ROOTS}${sequence('p', caught('close', CLOSING))}`),
  'listeners.bpmn': bpmn(
    `${ROOTS}${sequence('a', caught('hears', CLOSING))}
    <process id="b" isExecutable="true"><startEvent id="alarm">${CLOSING}</startEvent><endEvent id="over"/>${flow('alarm', 'over')}</process>`,
  ),
  'message-start.bpmn': bpmn(
    `${ROOTS}<process id="p" isExecutable="true"><startEvent id="got">${PAID}</startEvent><endEvent id="over"/>${flow('got', 'over')}</process>`,
  ),
  'condition.bpmn': bpmn(
    `<process id="p" isExecutable="true"><startEvent id="hot">${whenTrue('temperature &gt; 30')}</startEvent><endEvent id="over"/>${flow('hot', 'over')}</process>`,
  ),
  'either.bpmn': bpmn(
    `${ROOTS}<process id="p" isExecutable="true"><startEvent id="s"/><eventBasedGateway id="g"/>
    ${caught('byMessage', PAID)[1]}${caught('byTimer', HOUR)[1]}${caught('bySignal', CLOSING)[1]}${caught('byCondition', whenTrue('done'))[1]}<endEvent id="e"/>
    ${[flow('s', 'g'), flow('g', 'byMessage'), flow('g', 'byTimer'), flow('g', 'bySignal'), flow('g', 'byCondition')].join('')}
    ${[flow('byMessage', 'e'), flow('byTimer', 'e'), flow('bySignal', 'e'), flow('byCondition', 'e')].join('')}</process>`,
  ),
  'border.bpmn': bpmn(
    `${ROOTS}<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="ask"/><endEvent id="e"/>${flow('s', 'ask')}${flow('ask', 'e')}
    <boundaryEvent id="onTime" attachedToRef="ask">${HOUR}</boundaryEvent><endEvent id="e2"/>${flow('onTime', 'e2')}
    <subProcess id="esp" triggeredByEvent="true"><startEvent id="onSignal" isInterrupting="false">${CLOSING}</startEvent><endEvent id="e3"/>${flow('onSignal', 'e3')}</subProcess></process>`,
  ),
  'adhoc.bpmn': bpmn(
    sequence('p', ['any', '<adHocSubProcess id="any"><task id="one"/><userTask id="two"/><task id="three"/></adHocSubProcess>']),
  ),
  'each.bpmn': bpmn(
    sequence('p', [
      'each',
      '<task id="each"><multiInstanceLoopCharacteristics><loopCardinality xsi:type="tFormalExpression">2</loopCardinality></multiInstanceLoopCharacteristics></task>',
    ]),
  ),
  'escalation.bpmn': bpmn(
    `${ROOTS}${sequence('p').replace('<endEvent id="end"/>', '<endEvent id="end"><escalationEventDefinition escalationRef="late"/></endEvent>')}`,
  ),
  'error.bpmn': bpmn(
    `<error id="bad" errorCode="bad"/>${sequence('p').replace('<endEvent id="end"/>', '<endEvent id="end"><errorEventDefinition errorRef="bad"/></endEvent>')}`,
  ),
  'closing.json': JSON.stringify([{ type: 'signal', name: 'Closing time', variables: { hour: 18 } }]),
  'keyed.json': JSON.stringify([{ type: 'signal', name: 'Closing time', correlationKey: 'x' }]),
  'paid.json': JSON.stringify([{ type: 'message', name: 'Payment received', variables: { amount: 5 } }]),
});
const run = async (...args: string[]) => {
  const ran = await baton(['run', ...args, '--json']);
  return { ...ran, result: ran.exitCode === 2 ? null : jsonOf<Result>(ran) };
};
const events = (result: Result | null) => result?.trace.map(({ elementId, event, body }) => `${elementId} ${event}${body ? ' body' : ''}`);

describe('signals', () => {
  it('reach whoever waits, with what they carry', async () => {
    expect((await run(file('signal.bpmn'))).result).toMatchObject({ state: 'waiting', waiting: [{ elementId: 'close', type: 'signal' }] });
    expect((await run(file('signal.bpmn'), '--messages', file('closing.json'))).result).toMatchObject({
      state: 'completed',
      variables: { hour: 18 },
    });
  });

  it('reach several processes at once, also one that starts by them', async () => {
    const { result } = await run(file('listeners.bpmn'), '--process', 'a', '--process', 'b', '--messages', file('closing.json'));

    expect(result?.state).toBe('completed');
    expect(events(result)).toEqual(expect.arrayContaining(['hears caught', 'alarm activated', 'over completed']));
  });

  it('are for everybody: one with a correlation key is refused', async () => {
    const { exitCode, stderr } = await run(file('signal.bpmn'), '--messages', file('keyed.json'));

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Entry 1: a signal has no "correlationKey"/);
  });
});

describe('a process that only an event starts', () => {
  it('starts by its message, and waits for it until then', async () => {
    expect((await run(file('message-start.bpmn'))).result).toMatchObject({
      state: 'waiting',
      waiting: [{ elementId: 'got', type: 'message' }],
    });
    expect((await run(file('message-start.bpmn'), '--messages', file('paid.json'))).result).toMatchObject({
      state: 'completed',
      variables: { amount: 5 },
    });
  });

  it('starts by its condition when the variables fulfil it', async () => {
    expect((await run(file('condition.bpmn'), '--vars', '{"temperature": 35}')).result).toMatchObject({
      state: 'completed',
      variables: { temperature: 35 },
    });
    expect((await run(file('condition.bpmn'), '--vars', '{"temperature": 20}')).result).toMatchObject({
      state: 'waiting',
      waiting: [{ elementId: 'hot', type: 'condition' }],
    });
  });
});

describe('what a run waits for', () => {
  it('is each event behind an event-based gateway', async () => {
    expect((await run(file('either.bpmn'))).result?.waiting.toSorted((a, b) => a.elementId.localeCompare(b.elementId))).toEqual([
      { elementId: 'byCondition', type: 'condition' },
      { elementId: 'byMessage', type: 'message' },
      { elementId: 'bySignal', type: 'signal' },
      { elementId: 'byTimer', type: 'timer' },
    ]);
  });

  it('is the activity, not the events on its border or beside it', async () => {
    expect((await run(file('border.bpmn'))).result?.waiting).toEqual([{ elementId: 'ask', type: 'userTask' }]);
  });
});

describe('activities inside', () => {
  it('of an ad-hoc sub-process are started once each, in the order of the file', async () => {
    const { result } = await run(file('adhoc.bpmn'), '--complete-user-tasks');

    expect(result?.state).toBe('completed');
    expect(events(result)?.filter((line) => /^(one|two|three) activated/.test(line))).toEqual([
      'one activated',
      'two activated',
      'three activated',
    ]);
    expect((await run(file('adhoc.bpmn'))).result?.waiting).toEqual([{ elementId: 'two', type: 'userTask' }]);
  });

  it('of a loop are told from the activity around them', async () => {
    const { result } = await run(file('each.bpmn'));

    expect(events(result)?.filter((line) => line.startsWith('each'))).toEqual([
      'each activated body',
      'each activated',
      'each completed',
      'each activated',
      'each completed',
      'each completed body',
    ]);
  });
});

it('an error nobody catches fails the run, an escalation does not', async () => {
  const failed = await run(file('error.bpmn'));
  expect(failed.exitCode).toBe(1);
  expect(failed.result?.state).toBe('failed');
  expect((await run(file('escalation.bpmn'))).result?.state).toBe('completed');
});
