import { getRouteApi } from '@tanstack/react-router';
import { ProblemView } from '../ui/ProblemView.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import { usePageTitle } from '../ui/usePageTitle.js';
import { InstanceHeader } from './InstanceHeader.js';
import { InstanceView } from './InstanceView.js';
import './instances.css';
import { useHistory } from './useHistory.js';
import { useInstance } from './useInstance.js';
import { useModel } from './useModel.js';

const route = getRouteApi('/shell/instances/$instanceId');

/** One run: its way on the diagram, its data, what happened and why; now, or at any earlier moment. */
export function InstancePage() {
  const { instanceId } = route.useParams();
  const instance = useInstance(instanceId);
  const history = useHistory(instanceId);
  const model = useModel(instance.data?.processDefinitionId);
  usePageTitle(instance.data && `${instance.data.processName} ${instance.data.businessKey ?? ''}`.trim());

  const error = instance.error ?? history.error ?? model.error;
  if (error && !(instance.data && history.data && model.data)) {
    const retry = () => [instance, history, model].filter(({ isError }) => isError).forEach((query) => void query.refetch());
    return (
      <div className="page">
        <ProblemView isPage error={error} onRetry={retry} />
      </div>
    );
  }
  return (
    <div className="page page--wide">
      {instance.data ? <InstanceHeader instance={instance.data} /> : <SkeletonRows rows={1} />}
      {instance.data && history.data && model.data ? (
        <InstanceView instance={instance.data} steps={history.data} diagram={model.data.diagram} />
      ) : (
        <SkeletonRows rows={1} height={420} />
      )}
    </div>
  );
}
