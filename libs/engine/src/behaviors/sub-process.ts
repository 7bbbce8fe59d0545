import type { Behavior } from '../behavior.js';
import type { Json, Variables } from '../json.js';
import type { SubProcessModel } from '../model.js';
import type { Scene } from '../scene.js';
import { get } from '../table.js';
import { armEventSubProcesses } from '../triggers/arm-event-sub-processes.js';
import { NO_VARIABLES, setOwn } from '../variables.js';
import { activateFirst, proceedAdHoc } from '../ad-hoc.js';

/**
 * Sub-process: a scope of its own, with one token at its start. It leaves when no token is left inside.
 *
 * Without a start event every element inside that no flow leads to gets a token. The inside of an event
 * sub-process begins with its event (`triggers/event-sub-processes.ts`), that of an ad-hoc one when somebody says so.
 */
export const subProcess: Behavior<SubProcessModel> = {
  enter(scene) {
    // After an incident of its completion condition it has begun already.
    if (scene.model.adHoc !== undefined && scene.isActive && scene.token.waiting === 'scope') return scene.run.endScopeIfEmpty(scene.key);
    beginInside(scene);
    if (scene.model.adHoc !== undefined) return activateFirst(scene, scene.model.adHoc);
    if (scene.element.starts.length === 0) return scene.leave(); // nothing is drawn inside yet
    for (const start of scene.element.starts) scene.run.arrive(start, scene.key);
  },

  resume(scene) {
    if (scene.model.adHoc !== undefined && !proceedAdHoc(scene, scene.model.adHoc)) return;
    scene.leave();
  },
};

/** Open the scope and arm what waits in it. */
export function beginInside(scene: Scene): void {
  const { model, eventSubProcesses } = scene.element;
  // Inputs, or a loop, may have opened it already.
  const there = scene.innerScope === scene.key ? get(scene.instance.scopes, scene.key).variables : undefined;
  const own = model.kind === 'subProcess' ? properties(model, there) : {};
  const key = scene.activate(own);
  if (there !== undefined) scene.run.writeTo(key, own);
  armEventSubProcesses(scene.run, key, eventSubProcesses);
}

function properties({ properties: names = [] }: SubProcessModel, there: Variables = NO_VARIABLES): Variables {
  const variables: Record<string, Json> = {};
  for (const name of names) if (!Object.hasOwn(there, name)) setOwn(variables, name, null);
  return variables;
}
