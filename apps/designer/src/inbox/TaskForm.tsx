import type { UserTask, Variables } from '@baton/contracts';
import { codeOf } from '../api/shown-problem.js';
import { FormSkeleton } from '../forms/FormSkeleton.js';
import { LazyForm } from '../forms/LazyForm.js';
import { fieldsOf } from '../forms/schema.js';
import { ProblemView } from '../ui/ProblemView.js';
import { KnownData } from './KnownData.js';
import { refusalInWords } from './refusals.js';
import { useTaskForm } from './useTask.js';

interface Props {
  readonly task: UserTask;
  /** Only the assignee completes a task. */
  readonly canComplete: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onComplete: (variables: Variables) => void;
}

/** The form of a task: open for its assignee, and a hint for everybody else. */
export function TaskForm({ task, canComplete, isBusy, error, onComplete }: Props) {
  const form = useTaskForm(task.id);
  const isConflict = ['task-claimed', 'task-not-open', 'task-completed', 'not-found', 'forbidden'].includes(codeOf(error) ?? '');
  const known = form.data?.data && <KnownData task={task} data={form.data.data} asked={canComplete ? fieldsOf(form.data) : []} />;
  if (!canComplete) {
    return (
      <>
        {known}
        <p className="task__hint">{task.assignee === null ? 'Claim this task to work on it.' : `${task.assignee} works on this task.`}</p>
      </>
    );
  }
  if (form.isPending) return <FormSkeleton />;
  if (form.isError) return <ProblemView error={form.error} compact onRetry={() => void form.refetch()} />;
  return (
    <>
      {known}
      {isConflict && (
        <p role="alert" className="task__refused">
          {refusalInWords(error)}
        </p>
      )}
      <LazyForm form={form.data} submitLabel="Complete" isBusy={isBusy} error={isConflict ? null : error} onSubmit={onComplete} />
    </>
  );
}
