import type { IncidentView } from '@baton/contracts';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../api/client.js';
import { shownProblem } from '../api/shown-problem.js';
import { useMay } from '../auth/useMay.js';
import type { Names } from '../timeline/names.js';
import { Ago } from '../ui/Ago.js';
import { EmptyView } from '../ui/EmptyView.js';

const WAIT_SECONDS = 3;

interface Props {
  readonly instanceId: string;
  readonly incidents: readonly IncidentView[];
  readonly names: Names;
}

/** What stopped and why; each can be tried again after something was changed. */
export function IncidentList({ instanceId, incidents, names }: Props) {
  const mayResolve = useMay('resolve');
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: (id: string) => client.resolveIncident(id, 1, { waitSeconds: WAIT_SECONDS }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['instance', instanceId] }),
        queries.invalidateQueries({ queryKey: ['history', instanceId] }),
      ]),
  });
  if (incidents.length === 0) return <EmptyView icon={IconCircleCheck} title="No incidents" />;
  const openFirst = [...incidents].sort((a, b) => Number(a.resolvedAt !== undefined) - Number(b.resolvedAt !== undefined));
  return (
    <ul className="incidents">
      {openFirst.map((incident) => (
        <li key={incident.id} className="panel incident" data-open={incident.resolvedAt === undefined}>
          <div>
            <h2>
              {names.element(incident.elementId)} <code>{incident.code}</code>
            </h2>
            <p>{incident.message}</p>
            <p className="soft">
              Since <Ago at={incident.createdAt} />
              {incident.resolvedAt && (
                <>
                  , resolved <Ago at={incident.resolvedAt} />
                </>
              )}
            </p>
            {retry.error && retry.variables === incident.id && (
              <p role="alert" className="problem-note">
                {shownProblem(retry.error).detail ?? shownProblem(retry.error).title}
              </p>
            )}
          </div>
          {mayResolve && incident.resolvedAt === undefined && (
            <Button
              size="xs"
              leftSection={<IconRefresh size={14} />}
              loading={retry.isPending && retry.variables === incident.id}
              aria-label={`Retry ${names.element(incident.elementId)}`}
              onClick={() => retry.mutate(incident.id)}
            >
              Retry
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
