import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Suspense, useEffect, useRef } from 'react';
import { useMe } from '../auth/useMe.js';
import { oneLine } from '../diagram/element-words.js';
import { FormSkeleton } from '../forms/FormSkeleton.js';
import { ProblemView } from '../ui/ProblemView.js';
import { SkeletonRows } from '../ui/SkeletonRows.js';
import type { UserTask } from '@baton/contracts';
import { refusalInWords } from './refusals.js';
import { TaskFacts } from './TaskFacts.js';
import { TaskForm } from './TaskForm.js';
import { useTask } from './useTask.js';
import { useTaskActions } from './useTaskActions.js';

interface Props {
  readonly taskId: string;
  readonly onClose: () => void;
  readonly onCompleted: () => void;
}

/** One task: what it is, why it is mine to do, and its form. */
export function TaskDetail({ taskId, onClose, onCompleted }: Props) {
  const task = useTask(taskId);
  if (task.isPending) return <SkeletonRows rows={4} height={56} />;
  if (task.isError) return <ProblemView error={task.error} onRetry={() => void task.refetch()} />;
  return <OpenTask task={task.data} onClose={onClose} onCompleted={onCompleted} />;
}

function OpenTask({ task, onClose, onCompleted }: { readonly task: UserTask } & Omit<Props, 'taskId'>) {
  const me = useMe();
  const { claim, release, complete } = useTaskActions(task, onCompleted);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opened it by keyboard goes on reading here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const isMine = me !== undefined && task.assignee === me.username;
  const isOpen = task.state === 'open';
  const refused = claim.error ?? release.error;

  return (
    <article className="task" aria-labelledby="task-name">
      <ActionIcon className="task__back" variant="subtle" color="gray" aria-label="Back to the list" onClick={onClose}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <header className="task__head">
        <h2 id="task-name" ref={heading} tabIndex={-1}>
          {oneLine(task.name)}
        </h2>
        {isOpen && task.assignee === null && (
          <Button size="xs" loading={claim.isPending} onClick={() => claim.mutate()}>
            Claim
          </Button>
        )}
        {isOpen && isMine && (
          <Button size="xs" variant="default" loading={release.isPending} onClick={() => release.mutate()}>
            Release
          </Button>
        )}
      </header>
      {task.documentation && <p className="task__about">{task.documentation}</p>}
      <TaskFacts task={task} />
      {refused && (
        <p role="alert" className="task__refused">
          {refusalInWords(refused)}
        </p>
      )}
      {isOpen ? (
        <Suspense fallback={<FormSkeleton />}>
          <TaskForm
            task={task}
            canComplete={isMine}
            isBusy={complete.isPending}
            error={complete.error}
            onComplete={(variables) => complete.mutate(variables)}
          />
        </Suspense>
      ) : (
        <p className="task__refused" data-tone="quiet">
          {task.state === 'canceled' ? 'The process moved on: nobody needs to do this any more.' : 'This task is done.'}
        </p>
      )}
    </article>
  );
}
