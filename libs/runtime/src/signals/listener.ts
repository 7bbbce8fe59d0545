import type { Variables } from '@baton/engine';
import type { InboxCommand } from '../instances/insert-command.js';

/** An open subscription of `signal_subscription`: of an instance or, without one, of the latest version of a process. */
export type ListenerRow = {
  readonly instance_id: string | null;
  readonly key: number;
  readonly element_id: string;
  readonly part: number | null;
  readonly process_definition_id: string;
};

/** What a signal means for who hears it. */
export function commandTo({ instance_id, key, element_id, part }: ListenerRow, variables: Variables): InboxCommand {
  if (instance_id !== null) return { type: 'receiveSignal', subscription: key, variables };
  return { type: 'start', variables, startElementId: element_id, ...(part !== null && { part }) };
}
