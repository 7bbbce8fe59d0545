import type { UserTask } from '@baton/contracts';
import { Link } from '@tanstack/react-router';
import { Ago } from '../ui/Ago.js';
import { DueMark } from './DueMark.js';
import { whyInWords } from './why.js';

/** Why it is here, when it is due, whose it is, and the process it belongs to. */
export function TaskFacts({ task }: { readonly task: UserTask }) {
  return (
    <dl className="facts">
      <div>
        <dt>Why you</dt>
        <dd>{whyInWords(task.why)}</dd>
      </div>
      <div>
        <dt>Process</dt>
        <dd>
          <Link to="/instances/$instanceId" params={{ instanceId: task.processInstanceId }}>
            {task.processName}
          </Link>
        </dd>
      </div>
      {task.dueAt && (
        <div>
          <dt>Due</dt>
          <dd>
            <DueMark dueAt={task.dueAt} />
          </dd>
        </div>
      )}
      <div>
        <dt>Assigned to</dt>
        <dd>{task.assignee ?? 'nobody yet'}</dd>
      </div>
      {task.candidateGroups.length > 0 && (
        <div>
          <dt>Can be done by</dt>
          <dd>{[...task.candidateGroups, ...task.candidateUsers].join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>Created</dt>
        <dd>
          <Ago at={task.createdAt} />
        </dd>
      </div>
    </dl>
  );
}
