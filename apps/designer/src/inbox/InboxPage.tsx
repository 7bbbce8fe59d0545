import { SegmentedControl } from '@mantine/core';
import { IconChecks, IconInbox, IconPointer } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { EmptyView } from '../ui/EmptyView.js';
import { ProblemView } from '../ui/ProblemView.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import { usePageTitle } from '../ui/usePageTitle.js';
import { readInboxSearch } from './inbox-search.js';
import type { InboxView } from './inbox-search.js';
import './inbox.css';
import { neighborOf } from './neighbors.js';
import { TaskDetail } from './TaskDetail.js';
import { TaskList } from './TaskList.js';
import { useListKeys } from './useListKeys.js';
import { useTasks } from './useTasks.js';

const route = getRouteApi('/shell/inbox');
const VIEWS: { value: InboxView; label: string }[] = [
  { value: 'inbox', label: 'All' },
  { value: 'mine', label: 'Mine' },
  { value: 'available', label: 'Available' },
];
const EMPTY: Record<InboxView, string> = {
  inbox: 'Nothing waits for you or your groups. New tasks appear here by themselves.',
  mine: 'You have claimed nothing. Look under Available.',
  available: 'Nothing is free for your groups right now.',
};

/** The tasks I may do on the left, the one I do on the right. */
export function InboxPage() {
  usePageTitle('Inbox');
  const { view = 'inbox', task: selected } = route.useSearch();
  const navigate = route.useNavigate();
  const tasks = useTasks(view);
  const ids = useMemo(() => (tasks.data ?? []).map(({ id }) => id), [tasks.data]);
  const select = useCallback(
    (id: string | undefined) => void navigate({ search: readInboxSearch({ view, task: id }), replace: true }),
    [navigate, view],
  );
  const show = (next: InboxView) => void navigate({ search: readInboxSearch({ view: next }) });
  useListKeys(ids, selected, select);

  return (
    <div className="inbox" data-open={selected !== undefined}>
      <h1 className="sr-only">Inbox</h1>
      <div className="inbox__list">
        <header className="inbox__head">
          <p className="inbox__title" aria-hidden>
            Inbox
          </p>
          <SegmentedControl aria-label="View" size="xs" data={VIEWS} value={view} onChange={(value) => show(value as InboxView)} />
        </header>
        {tasks.isPending && (
          <div style={{ padding: '0 12px' }}>
            <SkeletonRows height={62} />
          </div>
        )}
        {tasks.isError && <ProblemView error={tasks.error} onRetry={() => void tasks.refetch()} />}
        {tasks.data?.length === 0 && (
          <EmptyView icon={IconChecks} title="All done">
            {EMPTY[view]}
          </EmptyView>
        )}
        {tasks.data && tasks.data.length > 0 && <TaskList tasks={tasks.data} selected={selected} onSelect={select} />}
      </div>
      <div className="inbox__detail">
        {selected === undefined ? (
          <EmptyView
            icon={tasks.data?.length === 0 ? IconInbox : IconPointer}
            title={tasks.data?.length === 0 ? 'No task to show' : 'Choose a task'}
          >
            {tasks.data?.length === 0 ? (
              ''
            ) : (
              <>
                Press <kbd>j</kbd> and <kbd>k</kbd> to go through the list.
              </>
            )}
          </EmptyView>
        ) : (
          <TaskDetail
            key={selected}
            taskId={selected}
            onClose={() => select(undefined)}
            onCompleted={() => select(neighborOf(ids, selected))}
          />
        )}
      </div>
    </div>
  );
}
