import { Button, FileButton } from '@mantine/core';
import { IconFileUpload, IconTopologyStar3 } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useRef } from 'react';
import { useMay } from '../auth/useMay.js';
import { EmptyView } from '../ui/EmptyView.js';
import { PageHeader } from '../ui/PageHeader.js';
import { ProblemView } from '../ui/ProblemView.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import { usePageTitle } from '../ui/usePageTitle.js';
import { DefinitionTable } from './DefinitionTable.js';
import { DeployResult } from './DeployResult.js';
import { useDefinitions } from './useDefinitions.js';
import { useDeploy } from './useDeploy.js';
import { useFileDrop } from './useFileDrop.js';
import './processes.css';

/** Dialog and form come when something is started. */
const StartDialog = lazy(() => import('./StartDialog.js').then(({ StartDialog: component }) => ({ default: component })));
const route = getRouteApi('/shell/processes');

/** What can be started, and the place to bring more. */
export function ProcessesPage() {
  usePageTitle('Processes');
  const { start } = route.useSearch();
  const navigate = route.useNavigate();
  const definitions = useDefinitions();
  const deploy = useDeploy();
  const { mutate } = deploy;
  const resetFile = useRef<() => void>(null);
  const bring = useCallback(
    (files: readonly File[]) => {
      if (files.length > 0) mutate(files);
      resetFile.current?.();
    },
    [mutate],
  );
  const mayDeploy = useMay('deploy');
  const isOver = useFileDrop(bring, mayDeploy);
  const chosen = definitions.data?.find(({ id }) => id === start);
  const open = (id: string | undefined) => void navigate({ search: id === undefined ? {} : { start: id } });

  const button = mayDeploy && (
    <FileButton
      multiple
      onChange={bring}
      resetRef={resetFile}
      accept=".bpmn,.dmn,.xml,.json,.yaml,.yml"
      inputProps={{ 'aria-label': 'Files to deploy' }}
    >
      {(props) => (
        <Button {...props} leftSection={<IconFileUpload size={16} />} loading={deploy.isPending}>
          Deploy files
        </Button>
      )}
    </FileButton>
  );

  return (
    <div className="page">
      <PageHeader
        title="Processes"
        about={mayDeploy ? 'Drop BPMN and DMN files anywhere on this page to deploy them together.' : 'What can be started.'}
        actions={button}
      />
      {(deploy.data || deploy.error) && <DeployResult deployment={deploy.data} error={deploy.error} onClose={() => deploy.reset()} />}
      {definitions.isPending && <SkeletonRows />}
      {definitions.isError && <ProblemView error={definitions.error} onRetry={() => void definitions.refetch()} />}
      {definitions.data?.length === 0 && (
        <EmptyView icon={IconTopologyStar3} title="No process yet" action={button}>
          {mayDeploy ? 'Deploy a BPMN file, with the decisions and processes it calls, and start it here.' : 'A designer deploys them.'}
        </EmptyView>
      )}
      {definitions.data && definitions.data.length > 0 && <DefinitionTable definitions={definitions.data} onStart={open} />}
      <Suspense>{chosen && <StartDialog definition={chosen} onClose={() => open(undefined)} />}</Suspense>
      {isOver && (
        <div className="drop-zone" aria-hidden>
          <IconFileUpload size={30} stroke={1.5} />
          Drop to deploy
        </div>
      )}
    </div>
  );
}
