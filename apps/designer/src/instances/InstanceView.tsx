import type { Diagram, HistoryStep, ProcessInstanceDetail } from '@baton/contracts';
import { Skeleton, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { TimeSlider } from '../time-travel/TimeSlider.js';
import { IncidentList } from './IncidentList.js';
import { readInstanceSearch } from './instance-search.js';
import { RelatedInstances } from './RelatedInstances.js';
import { TimelinePanel } from './TimelinePanel.js';
import { useTimeTravel } from './useTimeTravel.js';
import { VariableTable } from './VariableTable.js';

/** React Flow is the largest part of this page: everything else is there before it. */
const DiagramCanvas = lazy(() => import('../diagram/DiagramCanvas.js').then(({ DiagramCanvas: component }) => ({ default: component })));
const route = getRouteApi('/shell/instances/$instanceId');

interface Props {
  readonly instance: ProcessInstanceDetail;
  readonly steps: readonly HistoryStep[];
  readonly diagram: Diagram;
}

/** Diagram, slider and tabs of one moment; which moment and which tab stand in the address. */
export function InstanceView({ instance, steps, diagram }: Props) {
  const { tab = 'timeline', at } = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, select] = useState<string>();
  const travel = useTimeTravel(steps, diagram, at);
  const goTo = useCallback(
    (to: number | undefined) => void navigate({ search: readInstanceSearch({ tab, at: to }), replace: true }),
    [navigate, tab],
  );
  const show = (next: string | null) => void navigate({ search: readInstanceSearch({ tab: next, at }), replace: true });
  const openIncidents = instance.incidents.filter(({ resolvedAt }) => resolvedAt === undefined).length;
  const related = instance.children.length + (instance.parentInstanceId === undefined ? 0 : 1);

  return (
    <div className="instance">
      <div className="panel instance__picture">
        <div className="instance__diagram">
          <Suspense fallback={<Skeleton height="100%" radius={0} />}>
            <DiagramCanvas diagram={diagram} overlay={travel.overlay} selected={selected} onSelect={select} />
          </Suspense>
        </div>
        <TimeSlider
          stops={travel.stops}
          at={at}
          onMove={goTo}
          caption={travel.caption}
          instant={travel.moment.at}
          isRunning={instance.endedAt === undefined}
        />
      </div>
      <Tabs value={tab} onChange={show} className="instance__tabs" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="variables">Variables</Tabs.Tab>
          <Tabs.Tab value="incidents">Incidents{openIncidents > 0 && ` (${openIncidents})`}</Tabs.Tab>
          <Tabs.Tab value="related">Related{related > 0 && ` (${related})`}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="timeline" pt="sm">
          <TimelinePanel entries={travel.entries} at={at} names={travel.names} selected={selected} onSelect={select} onGoTo={goTo} />
        </Tabs.Panel>
        <Tabs.Panel value="variables" pt="sm">
          <VariableTable instance={travel.moment.instance} names={travel.names} isPast={at !== undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="incidents" pt="sm">
          <IncidentList instanceId={instance.id} incidents={instance.incidents} names={travel.names} />
        </Tabs.Panel>
        <Tabs.Panel value="related" pt="sm">
          <RelatedInstances instance={instance} names={travel.names} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
