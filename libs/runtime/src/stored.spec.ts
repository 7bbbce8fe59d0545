import { EVENT_VERSION, fold, newInstance } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { encode } from './codec.js';
import { readEvents, readState } from './stored.js';

// Features: E-31, E-11

/** As the first release stored it: format 1, tables as records by key. */
const first = (value: unknown) => Buffer.concat([Uint8Array.from([1, 0]), Buffer.from(JSON.stringify(value))]);

describe('what an older release has stored', () => {
  const state = {
    ...newInstance(),
    status: 'active',
    sequence: 6,
    nextKey: 3,
    scopes: { 0: { parent: null, variables: { a: 1 }, tokens: 1 } },
    elements: { 2: { elementId: 'do', scope: 0, via: 'f', waiting: 'userTask' } },
    timers: {},
    subscriptions: {},
    incidents: {},
    ready: [],
  };

  it('is a state of today when it is read', () => {
    const read = readState(first(state));
    expect(read.elements).toEqual([{ key: 2, elementId: 'do', scope: 0, via: 'f', waiting: 'userTask' }]);
    expect(read.scopes).toMatchObject([{ key: 0, variables: { a: 1 } }]);
    expect(read.sequence).toBe(6);
  });

  it('is a history of today: the events that are left add up to the same place', () => {
    const events = [
      { type: 'instanceStarted', at: 1, processId: 'p', startElementId: 's', variables: { a: 1 } },
      { type: 'elementActivated', key: 1, elementId: 's', scope: 0 },
      { type: 'elementCompleted', key: 1, elementId: 's' },
      { type: 'flowTaken', flowId: 'f', scope: 0 },
      { type: 'elementActivated', key: 2, elementId: 'do', scope: 0, via: 'f' },
      { type: 'userTaskCreated', key: 2, elementId: 'do', name: '', candidateUsers: [], candidateGroups: [], priority: 50 },
    ];
    const read = readEvents({ version: 1, events: first(events) });
    expect(read).toHaveLength(5);
    expect(fold(read).elements).toEqual(readState(first(state)).elements);
  });

  it('is left as it is when this release wrote it', () => {
    expect(readState(encode(newInstance()))).toEqual(newInstance());
    const events = [{ type: 'elementPassed', key: 1, elementId: 's', scope: 0 }];
    expect(readEvents({ version: EVENT_VERSION, events: encode(events) })).toEqual(events);
  });

  it('is refused when its version is not known', () => {
    expect(() => readEvents({ version: 99, events: encode([{ type: 'x' }]) })).toThrow(/version 99/);
  });
});
