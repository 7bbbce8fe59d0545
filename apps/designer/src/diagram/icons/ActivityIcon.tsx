const PATHS: Readonly<Record<string, string>> = {
  userTask: 'M8 7.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2 14.5v-1.4c0-2.3 2-4 4.3-4h3.4c2.3 0 4.3 1.7 4.3 4v1.4Z',
  serviceTask:
    'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM6.9 1.200h2.200l.4 1.9 1.3.6 1.7-1 1.5 1.5-1 1.7.5 1.3 1.9.4v2.200l-1.9.4-.5 1.3 1 1.7-1.5 1.5-1.7-1-1.3.5-.4 1.900H6.900l-.4-1.9-1.3-.5-1.7 1-1.5-1.5 1-1.7-.6-1.3-1.9-.4V7.4L2.4 7 3 5.700l-1-1.7 1.5-1.5 1.7 1 1.3-.6Z',
  scriptTask: 'M5 1.5h9c-3.5 3 1.5 5-1 8.5-1 1.5-2 2.5-2.5 4.5h-9c.5-2 1.5-3 2.5-4.5 2.5-3.5-2.5-5.5 1-8.5ZM5.5 5h4.5M5.8 8h4.5M4.5 11h4.5',
  businessRuleTask: 'M1.5 2.5h13v11h-13ZM1.5 6h13M5.5 6v7.5M1.5 9.750h13',
  manualTask: 'M1.5 8.5V6.200L6 2.5l1 1-2 2.5h8.5v1.5H8v.8h6.5v1.5H8v.8h5.5v1.5H8v.7h4.200v1.4H5Z',
};

/** The small sign in the corner of a task that says how it gets done. */
export function ActivityIcon({ kind }: { readonly kind: string }) {
  if (kind === 'sendTask' || kind === 'receiveTask') {
    return (
      <svg className="activity__icon" viewBox="0 0 16 16" aria-hidden>
        <rect x="1.5" y="3" width="13" height="10" className={kind === 'sendTask' ? 'is-filled' : ''} />
        <path d="m1.5 3 6.5 5.5L14.5 3" className={kind === 'sendTask' ? 'is-inverse' : ''} />
      </svg>
    );
  }
  const path = PATHS[kind];
  if (path === undefined) return null;
  return (
    <svg className="activity__icon" viewBox="0 0 16 16" aria-hidden>
      <path d={path} />
    </svg>
  );
}
