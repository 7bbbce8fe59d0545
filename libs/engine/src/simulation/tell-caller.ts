import type { Command } from '../command.js';
import type { Event } from '../event.js';
import type { Instance } from '../instance.js';
import type { Instant } from '../model.js';
import { get } from '../table.js';

/** What an event of a called instance means for the call activity that waits for it; nothing, for most. */
export function tellCaller(
  { parent, scopes }: Instance,
  event: Event,
  at: Instant,
): { readonly instanceId: string; readonly command: Command } | undefined {
  if (parent === undefined) return undefined;
  const { instanceId, key } = parent;
  switch (event.type) {
    case 'escalationThrown':
      if (event.uncaught === undefined) return undefined;
      return { instanceId, command: { type: 'escalateChild', at, key, escalationCode: event.escalationCode, ...event.uncaught } };
    case 'instanceCompleted':
      return { instanceId, command: { type: 'completeChild', at, key, variables: get(scopes, 0).variables } };
    case 'instanceTerminated': {
      const { error } = event;
      if (error === undefined) return { instanceId, command: { type: 'failChild', at, key, message: 'The called instance was canceled.' } };
      const message = error.message ?? `The called instance ended with ${error.code}.`;
      return { instanceId, command: { type: 'failChild', at, key, errorCode: error.code, message } };
    }
    default:
      return undefined;
  }
}
