export const INBOX_VIEWS = ['inbox', 'mine', 'available'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

/** What the inbox keeps in its address: the list shown and the task that is open. */
export interface InboxSearch {
  readonly view?: InboxView;
  readonly task?: string;
}

export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  const view = INBOX_VIEWS.find((known) => known === search.view);
  return { ...(view && view !== 'inbox' && { view }), ...(typeof search.task === 'string' && { task: search.task }) };
}
