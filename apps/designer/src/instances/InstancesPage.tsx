import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconRoute, IconSearch, IconX } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { EmptyView } from '../ui/EmptyView.js';
import { PageHeader } from '../ui/PageHeader.js';
import { ProblemView } from '../ui/ProblemView.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import { usePageTitle } from '../ui/usePageTitle.js';
import { InstanceTable } from './InstanceTable.js';
import { readInstancesSearch } from './instances-search.js';
import './instances.css';
import { useInstances } from './useInstances.js';

const route = getRouteApi('/shell/instances');
const STATES = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Running' },
  { value: 'completed', label: 'Completed' },
  { value: 'terminated', label: 'Canceled' },
];

/** Every run of every process, filtered by its address. */
export function InstancesPage() {
  usePageTitle('Instances');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const instances = useInstances(search);
  const items = instances.data?.pages.flatMap((page) => page.items) ?? [];
  const filter = (changed: Record<string, unknown>) =>
    void navigate({ search: readInstancesSearch({ ...search, ...changed }), replace: true });

  return (
    <div className="page">
      <PageHeader title="Instances" about="Every run of a process, newest first." />
      <div className="filters">
        <SegmentedControl
          aria-label="State"
          size="xs"
          data={STATES}
          value={search.state ?? 'all'}
          onChange={(state) => filter({ state: state === 'all' ? undefined : state })}
        />
        <ReferenceFilter
          value={search.businessKey ?? ''}
          onChange={(businessKey) => filter({ businessKey: businessKey === '' ? undefined : businessKey })}
        />
        {search.processId !== undefined && (
          <Button size="xs" variant="light" rightSection={<IconX size={12} />} onClick={() => filter({ processId: undefined })}>
            Process: {search.processId}
          </Button>
        )}
      </div>
      {instances.isPending && <SkeletonRows />}
      {instances.isError && <ProblemView error={instances.error} onRetry={() => void instances.refetch()} />}
      {instances.data && items.length === 0 && (
        <EmptyView
          icon={IconRoute}
          title="No instances here"
          action={
            <Link to="/processes" className="quiet-link">
              Go to Processes
            </Link>
          }
        >
          {Object.keys(search).length > 0 ? 'None matches the filter.' : 'Start a process, and follow it here.'}
        </EmptyView>
      )}
      {items.length > 0 && <InstanceTable instances={items} />}
      {instances.hasNextPage && (
        <Button variant="default" mt={16} loading={instances.isFetchingNextPage} onClick={() => void instances.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}

const TYPING_MS = 300;

function ReferenceFilter({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      size="xs"
      aria-label="Reference"
      placeholder="Reference"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
