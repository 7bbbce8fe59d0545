import type { InstanceState } from '@baton/contracts';

export const INSTANCE_STATES: readonly InstanceState[] = ['starting', 'active', 'suspended', 'completed', 'terminated'];

/** What the list of instances keeps in its address. */
export interface InstancesSearch {
  readonly state?: InstanceState;
  readonly processId?: string;
  readonly businessKey?: string;
}

export function readInstancesSearch(search: Record<string, unknown>): InstancesSearch {
  const state = INSTANCE_STATES.find((known) => known === search.state);
  return {
    ...(state && { state }),
    ...(typeof search.processId === 'string' && { processId: search.processId }),
    ...(typeof search.businessKey === 'string' && { businessKey: search.businessKey }),
  };
}
