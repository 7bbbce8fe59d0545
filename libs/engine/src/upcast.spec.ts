import { describe, expect, it } from 'vitest';
import { apply } from './apply.js';
import { EVENT_VERSION } from './event.js';
import { newInstance } from './new-instance.js';
import { upcastEvent, upcastModel, upcastState } from './upcast.js';

// Features: E-11

describe('an event of version 1', () => {
  it('vanishes where today another one tells it: a flow taken', () => {
    expect(upcastEvent({ type: 'flowTaken', flowId: 'f', scope: 0 }, 1)).toEqual([]);
  });

  it('is about any subscription, not only of messages', () => {
    expect(upcastEvent({ type: 'messageSubscriptionClosed', subscription: 4 }, 1)).toEqual([
      { type: 'subscriptionClosed', subscription: 4 },
    ]);
  });

  it('holds a token in the scope it is in', () => {
    const instance = newInstance();
    const history = [
      { type: 'instanceStarted', at: 1, processId: 'p', startElementId: 'start', variables: {} },
      { type: 'elementActivated', key: 1, elementId: 'sub', scope: 0 },
      { type: 'scopeOpened', scope: 1, parent: 0, variables: {} },
      { type: 'elementActivated', key: 2, elementId: 'join', scope: 1, via: 'f' },
      { type: 'tokenHeld', key: 2, elementId: 'join' },
    ];
    for (const event of history) for (const today of upcastEvent(event, 1)) apply(instance, today);

    expect(instance.scopes).toMatchObject([{ key: 0 }, { key: 1, held: { join: [2] } }]);
    expect(instance.scopes[0]!.held).toBeUndefined();
  });

  it('names tokens on their way by their keys', () => {
    expect(upcastEvent({ type: 'stepYielded', ready: [7, 9] }, 1)).toMatchObject([
      { type: 'stepYielded', ready: [{ key: 7 }, { key: 9 }] },
    ]);
  });

  it('is today’s where nothing has changed', () => {
    const event = { type: 'timerFired', timer: 3 };

    expect(upcastEvent(event, 1)).toEqual([event]);
  });
});

describe('a state of version 1', () => {
  const old = {
    status: 'active',
    processId: 'p',
    startedAt: 1,
    at: 2,
    nextKey: 11,
    sequence: 40,
    transitions: 5,
    scopes: { '10': { parent: 0, variables: { y: 1 }, tokens: 0 }, '0': { parent: null, variables: { x: 1 }, tokens: 2 } },
    elements: { '9': { elementId: 'a', scope: 0, owns: [3, 4] }, '10': { elementId: 'b', scope: 0 } },
    timers: { '3': { elementId: 'late', host: 9, dueAt: 5 } },
    subscriptions: { '4': { elementId: 'a', host: 9, messageName: 'm', correlationKey: null } },
    incidents: { '8': { key: 10, elementId: 'b', code: 'c', message: 'm', retry: 'leave' } },
    ready: [10],
  };

  it('has its tables in the order of their keys', () => {
    const instance = upcastState(old, 1);

    expect(instance.scopes.map(({ key }) => key)).toEqual([0, 10]);
    expect(instance.elements).toEqual([
      { key: 9, elementId: 'a', scope: 0, owns: [3, 4] },
      { key: 10, elementId: 'b', scope: 0 },
    ]);
    expect(instance.timers).toEqual([{ key: 3, elementId: 'late', host: 9, dueAt: 5 }]);
  });

  it('knows only subscriptions to messages, and incidents by the element instance they are at', () => {
    const instance = upcastState(old, 1);

    expect(instance.subscriptions).toEqual([{ key: 4, type: 'message', elementId: 'a', host: 9, messageName: 'm', correlationKey: null }]);
    expect(instance.incidents).toEqual([{ key: 8, host: 10, elementId: 'b', code: 'c', message: 'm', retry: 'leave' }]);
  });

  it('keeps its numbers, so that the next event gets the next one', () => {
    expect(upcastState(old, 1)).toMatchObject({ nextKey: 11, sequence: 40, transitions: 5, items: 0 });
  });

  it('brings tokens on their way with their places', () => {
    expect(upcastState(old, 1).ready).toEqual([{ elementId: 'b', scope: 0, key: 10 }]);
  });
});

describe('a model of version 1', () => {
  it('called nothing but processes', () => {
    const processId = { language: 'literal', text: 'other' };
    const call = {
      kind: 'callActivity',
      id: 'a',
      calledProcessId: processId,
      binding: { type: 'latest' },
      passAllVariables: true,
      returnAllVariables: false,
    };

    expect(upcastModel({ id: 'p', executable: true, elements: [call], flows: [] }).elements).toEqual([
      {
        kind: 'callActivity',
        id: 'a',
        called: { type: 'process', processId, binding: { type: 'latest' }, passAllVariables: true, returnAllVariables: false },
      },
    ]);
  });

  it('is today’s without a call activity', () => {
    const model = { id: 'p', executable: true, elements: [{ kind: 'task', id: 'a' }], flows: [] };

    expect(upcastModel(model)).toEqual(model);
    expect(upcastModel(upcastModel(model))).toEqual(model);
  });
});

describe('what is of this version', () => {
  it('is left alone', () => {
    const [event, state] = [{ type: 'timerFired', timer: 3 }, newInstance()];

    expect(upcastEvent(event, EVENT_VERSION)[0]).toBe(event);
    expect(upcastState(state, EVENT_VERSION)).toBe(state);
  });
});
