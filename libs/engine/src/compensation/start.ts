import type { Compensable, Key } from '../instance.js';
import type { CompensationEvent } from '../model.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import { Scene } from '../scene.js';
import { find, get } from '../table.js';
import { NO_VARIABLES } from '../variables.js';

/**
 * Undo what was completed: in the scope of the throw event, or only what some activities did.
 *
 * Newest first, one after the other; each handler sees the variables as they were. The thrower waits for
 * all of it, unless modelled otherwise: then the handlers begin in that order and nobody waits.
 *
 * Source: BPMN 2.0.2, 13.5.5.
 */
export function startCompensation(scene: Scene, event: CompensationEvent): 'done' | 'waiting' {
  const { activityRefs, waitForCompletion = true } = event;
  const isMeant = ({ elementId }: Compensable) => activityRefs === undefined || activityRefs.includes(elementId);
  const scope = scopeToUndo(scene.run, scene.scope, isMeant);
  const meant = (get(scene.instance.scopes, scope).compensable ?? []).filter(isMeant);
  return undoAll(scene, scope, meant, waitForCompletion);
}

/** Undo everything a scope has recorded. */
export function undoScope(scene: Scene, scope: Key): 'done' | 'waiting' {
  return undoAll(scene, scope, get(scene.instance.scopes, scope).compensable ?? [], true);
}

function undoAll(scene: Scene, scope: Key, entries: readonly Compensable[], waits: boolean): 'done' | 'waiting' {
  const key = scene.activate();
  scene.run.emit({ type: 'compensationStarted', key, elementId: scene.element.id, scope, recorded: entries.map((entry) => entry.key) });
  return nextToUndo(scene, waits, waits ? scene.scope : scope) && waits ? 'waiting' : 'done';
}

/**
 * Begin with the newest thing that is still to be undone. Where nobody waits, what undoes it takes over the
 * rest, and begins with the next one when it is done.
 *
 * @returns whether there was one
 */
export function nextToUndo(scene: Scene, waits = true, scope = scene.scope): boolean {
  const { run, key } = scene;
  for (let entry = scene.token.compensating?.at(-1); entry !== undefined; entry = scene.token.compensating?.at(-1)) {
    const element = run.element(entry.elementId);
    const isLoop = entry.inner?.some(({ elementId }) => elementId === entry!.elementId) ?? false;
    const handler = isLoop || entry.unfinished === true ? undefined : element.compensation;
    if (handler === undefined) {
      run.emit({ type: 'compensationTaken', key, recorded: entry.key, unfolds: true });
      continue;
    }
    undo(scene, entry, handler, waits, scope);
    return true;
  }
  return false;
}

/** Handlers somebody waits for run beside that; others where the undone activity lies, so that nothing else waits for them. */
function undo(scene: Scene, entry: Compensable, handler: Element, waits: boolean, scope: Key): void {
  const { run, key } = scene;
  const visit = new Scene(run, handler, scope, waits ? { compensates: key } : {});
  const isEventSubProcess = handler.model.kind === 'subProcess' && handler.model.triggeredByEvent === true;
  visit.activate(isEventSubProcess ? (entry.variables ?? NO_VARIABLES) : entry.variables);
  const taken = { type: 'compensationTaken' as const, key, recorded: entry.key, ...(waits ? undefined : { heir: visit.key }) };
  if (!isEventSubProcess) {
    run.emit(taken);
    run.reenter(visit.key);
    return;
  }
  run.emit({ ...taken, opened: visit.key });
  for (const start of handler.starts) run.visit(start, visit.key, NO_VARIABLES);
}

/** Inside an event sub-process, what the scope around it did is undone. */
function scopeToUndo(run: Run, from: Key, isMeant: (entry: Compensable) => boolean): Key {
  let scope = from;
  while (scope !== 0) {
    if (find(run.instance.scopes, scope)?.compensable?.some(isMeant) === true) return scope;
    const { model } = run.elementOf(scope);
    if (model.kind !== 'subProcess' || model.triggeredByEvent === undefined) return from;
    scope = get(run.instance.scopes, scope).parent ?? 0;
  }
  return scope;
}
