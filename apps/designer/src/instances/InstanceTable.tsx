import type { ProcessInstance } from '@baton/contracts';
import { Link } from '@tanstack/react-router';
import { Ago } from '../ui/Ago.js';
import { duration } from '../ui/instants.js';
import { StateBadge } from '../ui/StateBadge.js';

/** Instances in rows; the whole row leads to its page. */
export function InstanceTable({ instances }: { readonly instances: readonly ProcessInstance[] }) {
  return (
    <div className="panel panel--scroll">
      <table className="table instances">
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">State</th>
            <th scope="col">Reference</th>
            <th scope="col">Started</th>
            <th scope="col">By</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {instances.map((instance) => (
            <tr key={instance.id} className="row-link">
              <td>
                <Link to="/instances/$instanceId" params={{ instanceId: instance.id }} className="row-link__link">
                  {instance.processName}
                </Link>{' '}
                <span className="soft num">v{instance.version}</span>
              </td>
              <td>
                <StateBadge state={instance.state} incidents={instance.openIncidents} />
              </td>
              <td className="instances__reference" title={instance.businessKey}>
                {instance.businessKey ?? <span className="soft">–</span>}
              </td>
              <td className="soft">
                <Ago at={instance.startedAt} />
              </td>
              <td>{instance.startedBy ?? <span className="soft">–</span>}</td>
              <td className="soft num">
                {instance.endedAt ? duration(Date.parse(instance.endedAt) - Date.parse(instance.startedAt)) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
