import type { Json, Variables } from '../json.js';
import type { JobWork, Work } from '../model.js';
import type { Scene } from '../scene.js';
import { isContext, NO_VARIABLES, variable } from '../variables.js';
import { decide } from './decision.js';
import { createJob } from './job.js';
import { publish } from './message.js';

/** Do an automatic activity's work, or ask the world to. */
export function perform(scene: Scene, work: Work): void {
  switch (work.kind) {
    case 'job':
      return isInstant(scene, work) ? scene.complete() : createJob(scene, work);
    case 'expression':
      return scene.complete(asVariables(scene.evaluate(work.expression).value, work.resultVariable));
    case 'decision':
      return scene.complete(asVariables(decide(scene, work), work.resultVariable));
    case 'message':
      publish(scene, work);
      return scene.complete();
  }
}

/** Has a worker nothing to do? Then the task, whatever stands around it, is passed. */
function isInstant({ run }: Scene, { jobType }: JobWork): boolean {
  return jobType.language === 'literal' && run.process.instantJobs?.has(jobType.text) === true;
}

/** The world has done it. */
export function finish(scene: Scene, work: Work, result: Variables): void {
  const resultVariable = work.kind === 'job' ? work.resultVariable : undefined;
  scene.complete(resultVariable === undefined ? result : variable(resultVariable, result));
}

/** One variable where a name is given; else the entries of a context. */
function asVariables(value: Json, resultVariable: string | undefined): Variables {
  if (resultVariable !== undefined) return variable(resultVariable, value);
  return isContext(value) ? value : NO_VARIABLES;
}
