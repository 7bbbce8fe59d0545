import type { Command } from '../command.js';
import type { JobWork } from '../model.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { numberValue, requiredText } from '../values.js';

const RETRIES_DEFAULT = 3;
const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});

/** Ask a worker; the token stays until it answers. */
export function createJob(scene: Scene, work: JobWork): void {
  const jobType = requiredText(scene, work.jobType, 'job type');
  const retries = retriesOf(scene, work);
  scene.run.emit({
    type: 'jobCreated',
    key: scene.activate(),
    elementId: scene.element.id,
    jobType,
    retries,
    headers: work.headers ?? NO_HEADERS,
    variables: scene.variables,
  });
}

function retriesOf(scene: Scene, work: JobWork): number {
  // Whoever resolved an incident may have said how many.
  const token = scene.isActive ? scene.token : undefined;
  if (token?.retries !== undefined && token.waiting === undefined) return token.retries;
  if (work.retries === undefined) return RETRIES_DEFAULT;
  return Math.max(1, Math.floor(numberValue(scene, work.retries, RETRIES_DEFAULT)));
}

/** A worker could not do it. With no attempt left a person must look at it. */
export function failJob(run: Run, command: Extract<Command, { readonly type: 'failJob' }>): void {
  const { key, message, retryAt } = command;
  const retriesLeft = Math.max(0, command.retriesLeft ?? (run.token(key).retries ?? 1) - 1);
  run.emit({ type: 'jobFailed', key, retriesLeft, message, ...(retryAt === undefined ? {} : { retryAt }) });
  if (retriesLeft === 0) run.scene(key).stop('job-retries-exhausted', message);
}
