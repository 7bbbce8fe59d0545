export const INSTANCE_TABS = ['timeline', 'variables', 'incidents', 'related'] as const;
export type InstanceTab = (typeof INSTANCE_TABS)[number];

/** What the page of one instance keeps in its address. `at` is the event shown, counted from 0; absent: live. */
export interface InstanceSearch {
  readonly tab?: InstanceTab;
  readonly at?: number;
}

export function readInstanceSearch(search: Record<string, unknown>): InstanceSearch {
  const tab = INSTANCE_TABS.find((known) => known === search.tab);
  const at = Number(search.at);
  return { ...(tab && tab !== 'timeline' && { tab }), ...(search.at !== undefined && Number.isInteger(at) && at >= 0 && { at }) };
}
