import type { InstanceState } from '@baton/contracts';

const LOOKS: Record<InstanceState, { tone: string; label: string }> = {
  starting: { tone: 'quiet', label: 'Starting' },
  active: { tone: 'accent', label: 'Running' },
  suspended: { tone: 'warn', label: 'Suspended' },
  completed: { tone: 'good', label: 'Completed' },
  terminated: { tone: 'quiet', label: 'Canceled' },
};

/** The state of an instance, in a word and a color; open incidents win. */
export function StateBadge({ state, incidents = 0 }: { readonly state: InstanceState; readonly incidents?: number }) {
  const { tone, label } = incidents > 0 ? { tone: 'bad', label: incidents === 1 ? 'Incident' : `${incidents} incidents` } : LOOKS[state];
  return (
    <span className="badge" data-tone={tone} data-pulse={state === 'active' && incidents === 0}>
      {label}
    </span>
  );
}
