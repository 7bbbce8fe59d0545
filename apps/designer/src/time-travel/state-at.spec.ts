import type { HistoryStep } from '@baton/contracts';
import type { Event } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { framesOf } from './frames.js';
import { stateAt } from './state-at.js';
import { stopBefore, stopsOf } from './stops.js';

const START = Date.UTC(2026, 0, 5, 9, 0);
const LATER = Date.UTC(2026, 0, 5, 11, 30);

/** A request is started, waits for its approval, is approved two hours later and ends. */
const history: HistoryStep[] = [
  step(0, START, [
    { type: 'instanceStarted', at: START, processId: 'request', startElementId: 'start', variables: { amount: 1200 }, by: 'mary' },
    { type: 'elementPassed', key: 1, elementId: 'start', scope: 0 },
    { type: 'elementActivated', key: 2, elementId: 'approve', scope: 0, via: 'to-approve' },
    {
      type: 'userTaskCreated',
      key: 2,
      elementId: 'approve',
      name: 'Approve',
      candidateUsers: [],
      candidateGroups: ['sales'],
      priority: 50,
    },
  ]),
  step(4, LATER, [
    { type: 'timeAdvanced', at: LATER },
    { type: 'userTaskCompleted', key: 2, by: 'john' },
    { type: 'variablesSet', scope: 0, variables: { approved: true } },
    { type: 'elementCompleted', key: 2, elementId: 'approve' },
    { type: 'elementPassed', key: 3, elementId: 'end', scope: 0, via: 'to-end' },
    { type: 'instanceCompleted' },
  ]),
];

describe('the state at an event', () => {
  it('has the tokens where they were', () => {
    expect(tokens(stateAt(history, 1))).toEqual([]);
    expect(tokens(stateAt(history, 3))).toEqual(['approve']);
    expect(tokens(stateAt(history, 9))).toEqual([]);
  });

  it('has the variables as they were, and the time of that moment', () => {
    expect(stateAt(history, 5).instance.scopes[0]?.variables).toEqual({ amount: 1200 });
    expect(stateAt(history, 6).instance.scopes[0]?.variables).toEqual({ amount: 1200, approved: true });
    expect(stateAt(history, 3).at).toBe(START);
    expect(stateAt(history, 6).at).toBe(LATER);
  });

  it('is untouched by looking at a later one first', () => {
    stateAt(history, 9);
    expect(stateAt(history, 3).instance.status).toBe('active');
    expect(stateAt(history, 9).instance.status).toBe('completed');
  });

  it('is nothing yet before the first event, and the newest past the last', () => {
    expect(stateAt(history, -1).instance.status).toBe('created');
    expect(stateAt(history, 999)).toEqual(stateAt(history, 9));
    expect(stateAt([], 5).events).toEqual([]);
  });
});

describe('the stops of the slider', () => {
  const stops = stopsOf(framesOf(history));

  it('leave out tokens between two elements, take an arrival with what it asks for, and end at the newest event', () => {
    expect(stops).toEqual([0, 1, 3, 5, 6, 8, 9]);
  });

  it('are found from any event', () => {
    expect(stopBefore(stops, 3)).toBe(2);
    expect(stopBefore(stops, 9)).toBe(6);
    expect(stopBefore(stops, -1)).toBe(0);
  });
});

function step(firstSequence: number, at: number, events: Event[]): HistoryStep {
  return { firstSequence, count: events.length, version: 2, at: new Date(at).toISOString(), events: events.map((event) => ({ ...event })) };
}

function tokens({ instance }: ReturnType<typeof stateAt>): string[] {
  return instance.elements.map(({ elementId }) => elementId);
}
