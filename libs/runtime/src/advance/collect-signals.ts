import type { Event } from '@baton/engine';
import type { ThrownSignal } from './changes.js';
import type { Stepped } from './stepped.js';

/** A signal on its way to other instances: this one has heard it in its own step. Who waits for it stands in the database. */
export function signalFrom(
  { loaded }: Stepped,
  { signalName, variables }: Extract<Event, { readonly type: 'signalThrown' }>,
): ThrownSignal {
  return { tenantId: loaded.tenantId, instanceId: loaded.id, signalName, variables };
}
