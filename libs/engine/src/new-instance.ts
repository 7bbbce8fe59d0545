import type { Instance } from './instance.js';

/** An instance to which nothing has happened yet. Its first command is `start`. */
export function newInstance(): Instance {
  return {
    status: 'created',
    processId: '',
    startedAt: 0,
    at: 0,
    nextKey: 1,
    sequence: 0,
    transitions: 0,
    items: 0,
    scopes: [],
    elements: [],
    timers: [],
    subscriptions: [],
    incidents: [],
    ready: [],
  };
}
