import { codeOf, shownProblem } from '../api/shown-problem.js';

/** Why an action on a task did not work, said kindly; the task itself is read again by then. */
export function refusalInWords(error: unknown): string {
  switch (codeOf(error)) {
    case 'task-claimed':
      return 'Someone else was faster: this task is theirs now.';
    case 'task-not-open':
    case 'task-completed':
      return 'This task is not open any more. It was completed, or the process moved on.';
    case 'not-found':
      return 'This task is gone. The process moved on without it.';
    case 'forbidden':
      return 'You may see this task, but not work on it.';
    default: {
      const problem = shownProblem(error);
      return problem.detail ?? problem.title;
    }
  }
}
