import type { Diagram } from '@baton/contracts';
import type { Event } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { entriesOf } from './entries.js';
import { namesOf } from './names.js';

const bounds = { x: 0, y: 0, width: 1, height: 1 };
const diagram: Diagram = {
  shapes: [
    { elementId: 'approve', kind: 'userTask', name: 'Approve\nInvoice', bounds },
    { elementId: 'approved', kind: 'exclusiveGateway', name: 'Approved?', bounds },
    { elementId: 'pay', kind: 'serviceTask', name: 'Pay', bounds },
    { elementId: 'assign', kind: 'businessRuleTask', name: 'Assign approver', bounds },
    { elementId: 'end', kind: 'endEvent', name: 'Done', bounds },
  ],
  edges: [
    { elementId: 'yes', kind: 'sequenceFlow', name: 'yes', source: 'approved', target: 'pay', waypoints: [] },
    { elementId: 'no', kind: 'sequenceFlow', source: 'approved', target: 'end', waypoints: [] },
  ],
};

describe('the timeline', () => {
  it('tells who started it, with what', () => {
    expect(
      told({ type: 'instanceStarted', at: 0, processId: 'invoice', startElementId: 's', variables: { amount: 1200 }, by: 'mary' }),
    ).toEqual(['Started by mary', 'amount = 1200']);
  });

  it('gives the reason of a choice: every condition, what it read, and what it gave', () => {
    const lines = told({
      type: 'routeChosen',
      key: 4,
      elementId: 'approved',
      taken: ['yes'],
      reasons: [
        { flowId: 'yes', condition: '${approved}', reads: { approved: true }, value: true },
        { flowId: 'no', isDefault: true },
      ],
    });
    expect(lines).toEqual([
      '“Approved?” took “yes” to Pay',
      '“yes” to Pay: ${approved} was true with approved = true.',
      'the way to Done is the default, and was not needed.',
    ]);
  });

  it('says in one line what one value became, and why a person changed it', () => {
    const set = { type: 'variablesSet', scope: 0 } as const;
    expect(told({ ...set, variables: { level: 'none' }, by: 'mary' })).toEqual(['level = none']);
    expect(told({ ...set, variables: { a: 1, b: 2 } })).toEqual(['2 values were set', 'a = 1', 'b = 2']);
    expect(told({ ...set, variables: { a: 1 }, by: 'mary', reason: 'typo' })).toEqual(['mary set a', 'Reason: typo', 'a = 1']);
  });

  it('names the rules of a decision', () => {
    const [title, detail] = told({
      type: 'decisionEvaluated',
      key: 2,
      elementId: 'assign',
      decisionId: 'assign-approver',
      value: ['sales'],
      matches: [{ decisionId: 'assign-approver', decisionName: 'Assign', inputs: { amount: 1200 }, ruleIds: ['rule-2'], value: ['sales'] }],
    });
    expect(title).toBe('“Assign approver” decided ["sales"]');
    expect(detail).toBe('Decision “Assign”: rule rule-2 matched with amount = 1200, giving ["sales"].');
  });

  it('knows which element a key stands for', () => {
    const entries = entriesFrom([
      { type: 'elementActivated', key: 7, elementId: 'approve', scope: 0 },
      { type: 'userTaskCompleted', key: 7, by: 'john' },
    ]);
    expect(entries).toMatchObject([{ title: 'john completed “Approve Invoice”', elementId: 'approve', sequence: 1 }]);
  });

  it('says that an automated step is done, and only of those', () => {
    const titles = entriesFrom([
      { type: 'elementActivated', key: 1, elementId: 'pay', scope: 0 },
      { type: 'jobCreated', key: 1, elementId: 'pay', jobType: 'pay', retries: 3, headers: {} },
      { type: 'elementCompleted', key: 1, elementId: 'pay' },
      { type: 'elementActivated', key: 2, elementId: 'approved', scope: 0 },
      { type: 'elementCompleted', key: 2, elementId: 'approved' },
    ]).map(({ title }) => title);
    expect(titles).toEqual(['“Pay” waits for a worker', '“Pay” was done']);
  });

  it('tells what came from elsewhere, and what a person did by hand', () => {
    const titles = entriesFrom([
      { type: 'elementActivated', key: 1, elementId: 'approve', scope: 0 },
      { type: 'signalSubscriptionOpened', subscription: 2, elementId: 'approved', host: 1, signalName: 'Closing time' },
      { type: 'conditionArmed', subscription: 3, elementId: 'assign', host: 1 },
      { type: 'conditionChanged', subscription: 3, isTrue: true, reads: { amount: 5 } },
      { type: 'signalThrown', elementId: 'end', signalName: 'Closing time', variables: {} },
      { type: 'escalationThrown', key: 1, escalationCode: 'late' },
      { type: 'loopStarted', key: 1, total: 3 },
      { type: 'instanceSuspended', by: 'mary', reason: 'stocktaking' },
      { type: 'instanceModified', by: 'mary' },
      { type: 'compensationStarted', key: 1, elementId: 'pay', scope: 0, recorded: [4, 5] },
    ]).map(({ title, details }) => [title, ...details].join(' | '));
    expect(titles).toEqual([
      'Waits for the signal “Closing time”',
      '“Assign approver” waits for its condition',
      'The condition of “Assign approver” became true | amount = 5',
      'Sent the signal “Closing time”',
      '“Approve Invoice” escalated late',
      '“Approve Invoice” runs 3 times',
      'Suspended by mary | Reason: stocktaking',
      'mary moved it by hand',
      '“Pay” undoes 2 activities',
    ]);
  });

  it('leaves out bookkeeping', () => {
    expect(
      entriesFrom([
        { type: 'tokenHeld', key: 3, elementId: 'approved', scope: 0, via: 'yes' },
        { type: 'timeAdvanced', at: 5 },
      ]),
    ).toEqual([]);
  });

  it('tells taking a task from being given it', () => {
    const seven: Event = { type: 'elementActivated', key: 7, elementId: 'approve', scope: 0 };
    const title = (event: Event) => entriesFrom([seven, event])[0]?.title;
    expect(title({ type: 'userTaskAssigned', key: 7, assignee: 'john', by: 'john' })).toBe('john took “Approve Invoice”');
    expect(title({ type: 'userTaskAssigned', key: 7, assignee: 'john', by: 'mary' })).toBe('“Approve Invoice” was given to john');
    expect(title({ type: 'userTaskAssigned', key: 7, assignee: null, by: 'john' })).toBe('john gave “Approve Invoice” back');
  });
});

function entriesFrom(events: Event[]) {
  return entriesOf(
    events.map((event, sequence) => ({ event, sequence, at: 0 })),
    namesOf(diagram),
  );
}

function told(event: Event): string[] {
  return entriesFrom([event]).flatMap(({ title, details }) => [title, ...details]);
}
