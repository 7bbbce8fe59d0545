import type { ProcessInstanceDetail } from '@baton/contracts';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useMay } from '../auth/useMay.js';
import { Ago } from '../ui/Ago.js';
import { duration } from '../ui/instants.js';
import { PageHeader } from '../ui/PageHeader.js';
import { StateBadge } from '../ui/StateBadge.js';

const CancelDialog = lazy(() => import('./CancelDialog.js').then(({ CancelDialog: component }) => ({ default: component })));

/** Which run this is and how it fares; the way to stop it. */
export function InstanceHeader({ instance }: { readonly instance: ProcessInstanceDetail }) {
  const [isCanceling, { open, close }] = useDisclosure(false);
  const { processName, version, businessKey, state, openIncidents, startedAt, startedBy, endedAt } = instance;
  const mayCancel = useMay('cancel');
  const canCancel = mayCancel && (state === 'starting' || state === 'active' || state === 'suspended');
  return (
    <>
      <PageHeader
        title={
          <>
            {processName} <span className="instance__version">v{version}</span>
          </>
        }
        about={
          <span className="instance__about">
            <StateBadge state={state} incidents={openIncidents} />
            {businessKey && <span>{businessKey}</span>}
            <span>
              Started <Ago at={startedAt} />
              {startedBy && ` by ${startedBy}`}
            </span>
            {endedAt && <span>Took {duration(Date.parse(endedAt) - Date.parse(startedAt))}</span>}
          </span>
        }
        actions={
          canCancel && (
            <Button size="xs" variant="default" onClick={open}>
              Cancel instance
            </Button>
          )
        }
      />
      <Suspense>{isCanceling && <CancelDialog instance={instance} onClose={close} />}</Suspense>
    </>
  );
}
