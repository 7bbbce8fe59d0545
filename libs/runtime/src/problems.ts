import { AppError } from '@baton/contracts';

/** What does not exist and what belongs to another tenant get the same answer. */
export function notFound(what: string): AppError {
  return new AppError('not-found', 404, `There is no such ${what}. Check the id, and that you are signed in to the right tenant.`);
}

export function instanceNotActive(): AppError {
  return new AppError('instance-not-active', 409, 'The process instance has ended. Start a new one instead.');
}

export function instanceSuspended(): AppError {
  return new AppError('instance-suspended', 409, 'The process instance is suspended. Resume it first, or wait until somebody does.');
}

export function taskNotOpen(): AppError {
  return new AppError('task-not-open', 409, 'The task is already done or was withdrawn by its process. Reload your inbox.');
}

export function taskClaimed(assignee: string): AppError {
  return new AppError('task-claimed', 409, `The task is claimed by ${assignee}. Ask them to release it.`);
}

export function notACandidate(): AppError {
  return new AppError('forbidden', 403, 'You are neither the assignee nor a candidate of this task. Ask a supervisor to assign it to you.');
}

export function jobLeaseLost(): AppError {
  return new AppError(
    'job-lease-lost',
    409,
    'The lease on this job is over: it was completed, withdrawn or given to another worker. Drop the result and activate again.',
  );
}
