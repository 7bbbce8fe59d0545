import type { Behavior } from '../behavior.js';
import { isDecided } from '../decided.js';
import type { LoopState } from '../instance.js';
import type { Json } from '../json.js';
import type { MultiInstance } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import type { Scene } from '../scene.js';
import { numberValue } from '../values.js';
import { variable } from '../variables.js';
import { throwBehaviorEvents } from './behavior-events.js';
import { countsOf } from './counts.js';

/** Inner instances begun at once; the next portion follows when these have had their turn, so that memory stays bounded. */
const PORTION = 100;

/** More inner instances than this are a mistake in the data. */
export const ITEMS_MAX = 100_000;

/**
 * Multi-instance: the activity once per item, all at once or one after the other. How many is fixed when it begins.
 *
 * The activity's element instance is the body: it owns the scope that its inner instances run in, and
 * leaves when all are done or the completion condition is true.
 *
 * Source: BPMN 2.0.2, 13.3.7.
 */
export const multiInstance: Behavior = {
  enter(scene) {
    if (!scene.isActive || scene.token.loop === undefined) {
      begin(scene);
      // Those that only pass have their turn when the tokens before them have had theirs.
      if (passesAll(scene)) return scene.run.reenter(scene.key);
    } else if (loopOf(scene).sequential || isSpawned(scene.token.loop)) {
      return proceed(scene); // after an incident: what was under way has gone on meanwhile
    }
    spawn(scene);
  },

  resume(scene) {
    const state = scene.token.loop!;
    throwBehaviorEvents(scene, loopOf(scene), state);
    if (scene.run.isAlive(scene.key)) proceed(scene);
  },
};

function loopOf(scene: Scene): MultiInstance {
  return scene.element.loop as MultiInstance;
}

function isSpawned({ started, total }: LoopState): boolean {
  return started >= total;
}

function begin(scene: Scene): void {
  const loop = loopOf(scene);
  const items = loop.collection === undefined ? undefined : itemsOf(scene, loop);
  const total = items === undefined ? cardinalityOf(scene, loop) : items.length;
  if (total > ITEMS_MAX) {
    throw new EvaluationFailed(
      'multi-instance-limit',
      `${scene.element.id} would have ${total} instances; at most ${ITEMS_MAX} are allowed.`,
    );
  }
  const key = scene.activate({});
  scene.run.emit(items === undefined ? { type: 'loopStarted', key, total } : { type: 'loopStarted', key, total, items });
}

function itemsOf(scene: Scene, { collection }: MultiInstance): readonly Json[] {
  const { value, reads } = scene.evaluate(collection!);
  if (Array.isArray(value)) return value as readonly Json[];
  if (value === null) throw new EvaluationFailed('expression-failed', `The collection “${collection!.text}” gave nothing.`, reads);
  throw new EvaluationFailed('expression-failed', `The collection “${collection!.text}” gave no list.`, reads);
}

function cardinalityOf(scene: Scene, { cardinality }: MultiInstance): number {
  const number = numberValue(scene, cardinality, Number.NaN);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new EvaluationFailed(
    'expression-failed',
    `The cardinality “${cardinality?.text ?? ''}” of ${scene.element.id} is no whole number.`,
  );
}

/** Begin inner instances: the next one of a sequence, or a portion of parallel ones. */
function spawn(scene: Scene): void {
  const { run, element, key } = scene;
  const { total, started } = scene.token.loop!;
  if (total === 0) return finish(scene);
  if (passesAll(scene)) return passAll(scene);
  const until = loopOf(scene).sequential ? started + 1 : Math.min(total, started + PORTION);
  for (let loopCounter = started + 1; loopCounter <= until; loopCounter++) run.arrive(element, key, { loopCounter });
  if (!loopOf(scene).sequential && until < total) run.reenter(key);
}

function passesAll(scene: Scene): boolean {
  const { sequential, completionCondition, behavior } = loopOf(scene);
  const { total } = scene.token.loop!;
  return scene.element.passes && !sequential && completionCondition === undefined && behavior === undefined && total > 0;
}

/** Nothing to do in any of them: each comes and goes in one event. */
function passAll(scene: Scene): void {
  const { run, element, key: scope } = scene;
  const elementId = element.id;
  const state = scene.token.loop!;
  const until = Math.min(state.total, state.started + PORTION);
  for (let loopCounter = state.started + 1; loopCounter <= until; loopCounter++) {
    run.emit({ type: 'elementPassed', key: run.instance.nextKey, elementId, scope, loopCounter });
  }
  run.count(until - state.started);
  if (until < state.total) run.reenter(scope);
  else finish(scene);
}

function proceed(scene: Scene): void {
  const state = scene.token.loop!;
  if (scene.hasIncident) return;
  if (state.completed + state.terminated >= state.total) return finish(scene);
  if (state.completed > 0 && isComplete(scene, state)) {
    scene.run.terminateScope(scene.key);
    return finish(scene);
  }
  if (loopOf(scene).sequential && state.started === state.completed + state.terminated) spawn(scene);
}

function isComplete(scene: Scene, state: LoopState): boolean {
  const { completionCondition } = loopOf(scene);
  return completionCondition !== undefined && isDecided(scene, completionCondition, true, countsOf(state));
}

function finish(scene: Scene): void {
  const { outputCollection } = loopOf(scene);
  if (outputCollection !== undefined) {
    const { outputs = [], total } = scene.token.loop!;
    const all = Array.from({ length: total }, (_, index) => outputs[index] ?? null);
    scene.run.write(scene.scope, variable(outputCollection, all));
  }
  scene.leave();
}
