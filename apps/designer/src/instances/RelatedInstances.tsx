import type { ProcessInstanceDetail } from '@baton/contracts';
import { IconSitemap } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Names } from '../timeline/names.js';
import { EmptyView } from '../ui/EmptyView.js';
import { StateBadge } from '../ui/StateBadge.js';

/** Who called this instance, and whom it called. */
export function RelatedInstances({ instance, names }: { readonly instance: ProcessInstanceDetail; readonly names: Names }) {
  const { parentInstanceId, children } = instance;
  if (parentInstanceId === undefined && children.length === 0)
    return <EmptyView icon={IconSitemap} title="It calls nothing, and nothing called it" />;
  return (
    <div className="related">
      {parentInstanceId !== undefined && (
        <p>
          <span className="soft">Called by</span>{' '}
          <Link to="/instances/$instanceId" params={{ instanceId: parentInstanceId }}>
            the instance above
          </Link>
        </p>
      )}
      {children.map((child) => (
        <p key={child.id}>
          <span className="soft">{names.element(child.elementId)} called</span>{' '}
          <Link to="/instances/$instanceId" params={{ instanceId: child.id }}>
            {child.processId}
          </Link>{' '}
          <StateBadge state={child.state} />
        </p>
      ))}
    </div>
  );
}
