import { isDecided } from './decided.js';
import type { Key } from './instance.js';
import type { AdHoc, ElementId, SubProcessModel } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Element, Process } from './process.js';
import { Refusal } from './refusal.js';
import type { Run } from './run.js';
import type { Scene } from './scene.js';
import { get } from './table.js';
import { listValue } from './values.js';

/**
 * Ad-hoc sub-process: its activities begin when somebody starts them, in any order, any number of times;
 * if sequential, one after the other.
 *
 * After each one the completion condition is looked at. Without a condition it ends when nothing more is under way.
 *
 * Source: BPMN 2.0.2, 13.3.5.
 */
export function activateFirst(scene: Scene<SubProcessModel>, { activeElements }: AdHoc): void {
  const first = listValue(scene, activeElements);
  if (first.length > 0) activate(scene, known(scene, first));
  else if (activeElements !== undefined) scene.leave();
  else scene.run.emit({ type: 'adHocActivated', key: scene.key, elementIds: [] });
}

/** What somebody may start: what no flow leads to. */
export function enabledIn(process: Process, adHoc: ElementId): readonly Element[] {
  return process.elements.filter(({ model, incoming }) => {
    if (model.parent !== adHoc || incoming.length > 0 || model.kind === 'boundaryEvent') return false;
    return !('isForCompensation' in model) && !(model.kind === 'subProcess' && model.triggeredByEvent === true);
  });
}

/** Somebody starts activities. @throws Refusal */
export function startActivities(run: Run, scene: Scene, elementIds: readonly ElementId[]): void {
  const { model, id } = scene.element;
  if (model.kind !== 'subProcess' || model.adHoc === undefined) throw new Refusal('not-waiting', `${id} is no ad-hoc sub-process.`);
  const wrong = notEnabled(run.process, id, elementIds);
  if (wrong !== undefined) throw new Refusal('unknown-element', `${wrong} cannot be started in ${id}.`);
  if (isEnding(scene, model.adHoc)) throw new Refusal('not-waiting', `${id} starts nothing more: its completion condition is true.`);
  run.advanceTime();
  activate(scene as Scene<SubProcessModel>, elementIds);
}

/** Its condition is true, and it only waits for what is still under way (`cancelRemainingInstances` false). */
function isEnding(scene: Scene, { completionCondition, cancelRemaining }: AdHoc): boolean {
  if (completionCondition === undefined || cancelRemaining || get(scene.instance.scopes, scene.key).tokens === 0) return false;
  try {
    return holds(scene, completionCondition);
  } catch (error) {
    if (error instanceof EvaluationFailed) return false;
    throw error;
  }
}

function notEnabled(process: Process, adHoc: ElementId, elementIds: readonly ElementId[]): ElementId | undefined {
  const enabled = new Set(enabledIn(process, adHoc).map(({ id }) => id));
  return elementIds.find((elementId) => !enabled.has(elementId));
}

function known(scene: Scene, elementIds: readonly string[]): readonly ElementId[] {
  const wrong = notEnabled(scene.run.process, scene.element.id, elementIds);
  if (wrong === undefined) return elementIds;
  throw new EvaluationFailed('expression-failed', `${wrong} cannot be started in the ad-hoc sub-process ${scene.element.id}.`);
}

function activate(scene: Scene<SubProcessModel>, elementIds: readonly ElementId[]): void {
  const { run, key } = scene;
  if (scene.model.adHoc?.ordering === 'sequential') {
    run.emit({ type: 'adHocActivated', key, elementIds });
    if (get(run.instance.scopes, key).tokens === 0) startNext(scene);
    return;
  }
  for (const elementId of elementIds) run.arrive(run.element(elementId), key);
}

/** Everything that was under way inside has ended. @returns whether the sub-process ends with it */
export function proceedAdHoc(scene: Scene<SubProcessModel>, { completionCondition }: AdHoc): boolean {
  if (scene.hasIncident) return false;
  if (completionCondition !== undefined && isDecided(scene, completionCondition, true)) return true;
  if ((scene.token.pending?.length ?? 0) > 0) {
    startNext(scene);
    return false;
  }
  if (completionCondition === undefined) return true;
  scene.run.emit({ type: 'adHocActivated', key: scene.key, elementIds: [] }); // waits for somebody to start more
  return false;
}

/** One activity inside has ended, others are still under way or follow: does the condition end them all? */
export function endAdHocEarly(run: Run, key: Key): void {
  const { model } = run.elementOf(key);
  const adHoc = model.kind === 'subProcess' ? model.adHoc : undefined;
  if (adHoc?.completionCondition === undefined || !adHoc.cancelRemaining) return;
  const scene = run.scene(key);
  if (scene.hasIncident) return;
  try {
    if (!isDecided(scene, adHoc.completionCondition, true)) return;
    run.terminateScope(key);
    scene.leave();
  } catch (error) {
    scene.fail(error);
  }
}

function startNext(scene: Scene): void {
  const next = scene.token.pending?.[0];
  if (next === undefined) return;
  scene.run.emit({ type: 'adHocStarted', key: scene.key, elementId: next });
  scene.run.arrive(scene.run.element(next), scene.key);
}

/** Only a look: nothing has happened yet. */
function holds(scene: Scene, completionCondition: NonNullable<AdHoc['completionCondition']>): boolean {
  return scene.evaluate(completionCondition).value === true;
}
