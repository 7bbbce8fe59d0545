import { describe, expect, it } from 'vitest';
import { readElementOf } from './fixtures.js';

// Features: M-01, E-04

const ROOT =
  '<message id="m" name="Paid"/><signal id="s" name="Alarm"/><error id="e" errorCode="E1"/><escalation id="l" escalationCode="L1"/>';
const paid = { language: 'literal', text: 'Paid' };
const alarm = { type: 'signal', name: { language: 'literal', text: 'Alarm' } };
const timer = { type: 'timer', timer: { kind: 'duration', expression: { language: 'literal', text: 'PT1H' } } };
const caughtMessage = { type: 'message', message: { name: paid } };
const thrownMessage = { type: 'message', work: { kind: 'message', message: { name: paid } } };

const MESSAGE = '<messageEventDefinition messageRef="m"/>';
const TIMER = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>';
const SIGNAL = '<signalEventDefinition signalRef="s"/>';

/** Each kind of trigger: how it is written, and what it is read as where it is caught and thrown. */
const TRIGGERS = {
  none: { xml: '', caught: { type: 'none' }, thrown: { type: 'none' } },
  message: { xml: MESSAGE, caught: caughtMessage, thrown: thrownMessage },
  timer: { xml: TIMER, caught: timer, thrown: undefined },
  error: {
    xml: '<errorEventDefinition errorRef="e"/>',
    caught: { type: 'error', errorCode: 'E1' },
    thrown: { type: 'error', errorCode: 'E1' },
  },
  escalation: {
    xml: '<escalationEventDefinition escalationRef="l"/>',
    caught: { type: 'escalation', escalationCode: 'L1' },
    thrown: { type: 'escalation', escalationCode: 'L1' },
  },
  cancel: { xml: '<cancelEventDefinition/>', caught: { type: 'cancel' }, thrown: { type: 'cancel' } },
  compensation: { xml: '<compensateEventDefinition/>', caught: { type: 'compensation' }, thrown: { type: 'compensation' } },
  conditional: {
    xml: '<conditionalEventDefinition><condition>a = 1</condition></conditionalEventDefinition>',
    caught: { type: 'conditional', condition: { language: 'feel', text: 'a = 1' } },
    thrown: undefined,
  },
  link: { xml: '<linkEventDefinition name="On"/>', caught: { type: 'link', name: 'On' }, thrown: { type: 'link', name: 'On' } },
  signal: { xml: SIGNAL, caught: alarm, thrown: alarm },
  terminate: { xml: '<terminateEventDefinition/>', caught: undefined, thrown: { type: 'terminate' } },
  multiple: {
    xml: MESSAGE + SIGNAL,
    caught: { type: 'multiple', parallel: false, events: [caughtMessage, alarm] },
    thrown: { type: 'multiple', parallel: false, events: [thrownMessage, alarm] },
  },
  'parallel multiple': {
    xml: MESSAGE + SIGNAL,
    caught: { type: 'multiple', parallel: true, events: [caughtMessage, alarm] },
    thrown: undefined,
  },
} as const;
type Trigger = keyof typeof TRIGGERS;

const catches = ['message', 'timer', 'conditional', 'signal', 'multiple', 'parallel multiple'] as const;
const throws = ['none', 'message', 'escalation', 'compensation', 'signal', 'multiple'] as const;
const eventSubProcess = (start: string) =>
  `<startEvent id="begin"/><subProcess id="sub" triggeredByEvent="true">${start}<task id="inner"/></subProcess>`;
const attached = (event: string) =>
  `<transaction id="host"/><task id="undo" isForCompensation="true"/>${event}<association id="tie" sourceRef="x" targetRef="undo"/>`;

/** The columns of the standard's table of events: where an event can stand, and what it can then be about. */
const POSITIONS: readonly {
  readonly position: string;
  readonly throwing?: true;
  readonly allowed: readonly Trigger[];
  readonly interrupting?: boolean;
  readonly xml: (attributes: string, definitions: string) => string;
}[] = [
  {
    position: 'start of a process',
    allowed: ['none', ...catches],
    xml: (attributes, inner) => `<startEvent id="x" ${attributes}>${inner}</startEvent>`,
  },
  {
    position: 'start of a sub-process',
    allowed: ['none'],
    xml: (attributes, inner) => `<subProcess id="sub"><startEvent id="x" ${attributes}>${inner}</startEvent></subProcess>`,
  },
  {
    position: 'interrupting start of an event sub-process',
    allowed: ['error', 'escalation', 'compensation', ...catches],
    interrupting: true,
    xml: (attributes, inner) => eventSubProcess(`<startEvent id="x" ${attributes}>${inner}</startEvent>`),
  },
  {
    position: 'start of an event sub-process beside',
    // Errors interrupt by nature, compensation never does: what a file says about it does not count.
    allowed: ['escalation', 'error', 'compensation', ...catches],
    xml: (attributes, inner) => eventSubProcess(`<startEvent id="x" isInterrupting="false" ${attributes}>${inner}</startEvent>`),
  },
  {
    position: 'intermediate catch event',
    allowed: ['link', ...catches],
    xml: (attributes, inner) => `<intermediateCatchEvent id="x" ${attributes}>${inner}</intermediateCatchEvent>`,
  },
  {
    position: 'interrupting boundary event',
    allowed: ['error', 'escalation', 'cancel', 'compensation', ...catches],
    interrupting: true,
    xml: (attributes, inner) => attached(`<boundaryEvent id="x" attachedToRef="host" ${attributes}>${inner}</boundaryEvent>`),
  },
  {
    position: 'boundary event beside',
    allowed: ['escalation', 'error', 'cancel', 'compensation', ...catches],
    xml: (attributes, inner) =>
      attached(`<boundaryEvent id="x" attachedToRef="host" cancelActivity="false" ${attributes}>${inner}</boundaryEvent>`),
  },
  {
    position: 'intermediate throw event',
    throwing: true,
    allowed: ['link', ...throws],
    xml: (attributes, inner) => `<intermediateThrowEvent id="x" ${attributes}>${inner}</intermediateThrowEvent>`,
  },
  {
    position: 'end event',
    throwing: true,
    allowed: ['error', 'terminate', ...throws],
    xml: (attributes, inner) => `<endEvent id="x" ${attributes}>${inner}</endEvent>`,
  },
  {
    position: 'end event in a transaction',
    throwing: true,
    allowed: ['cancel', 'error', 'terminate', ...throws],
    xml: (attributes, inner) => `<transaction id="t"><endEvent id="x" ${attributes}>${inner}</endEvent></transaction>`,
  },
];

const CASES = POSITIONS.flatMap((position) =>
  (Object.keys(TRIGGERS) as Trigger[]).map((trigger) => ({ ...position, trigger, isAllowed: position.allowed.includes(trigger) })),
);
const readAt = ({ xml, trigger }: (typeof CASES)[number]) =>
  readElementOf(xml(trigger === 'parallel multiple' ? 'parallelMultiple="true"' : '', TRIGGERS[trigger].xml), 'x', ROOT);

describe('what an event can be about, by where it stands', () => {
  it.each(CASES.filter(({ isAllowed }) => isAllowed))('$position: $trigger', async (where) => {
    const { trigger, throwing, interrupting } = where;
    const { element, issues } = await readAt(where);
    const always = ['error', 'cancel', 'compensation'].includes(trigger);

    expect(element).toMatchObject({ event: throwing ? TRIGGERS[trigger].thrown : TRIGGERS[trigger].caught });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (interrupting || /beside/.test(where.position)) expect(element).toMatchObject({ interrupting: interrupting ?? always });
  });

  it.each(CASES.filter(({ isAllowed }) => !isAllowed))('$position: $trigger is refused', async (where) => {
    const { element, issues } = await readAt(where);
    const errors = issues.filter(({ severity }) => severity === 'error');

    expect(element).toBeUndefined();
    expect(errors).toMatchObject([{ code: 'bpmn-invalid', elementId: 'x' }]);
    expect(errors[0]?.message).toContain('"x" is not allowed');
  });
});
