import type { Behavior } from '../behavior.js';
import type { Json, Variables } from '../json.js';
import { innerVariables } from '../loops/inner-variables.js';
import type { CalledProcess, CallActivityModel } from '../model.js';
import type { Scene } from '../scene.js';
import { find } from '../table.js';
import { requiredText, textValue } from '../values.js';
import { NO_VARIABLES, setOwn } from '../variables.js';
import { armEventSubProcesses } from '../triggers/arm-event-sub-processes.js';

/**
 * Call activity: another process runs as a child instance, and the token waits for its end; a detached one goes on.
 *
 * Nothing is shared: the child gets copies, every visible variable if so modelled, then the inputs;
 * what comes back is every variable of the child's root, if so modelled, then the outputs.
 *
 * A callable sub-process of the same process (BPML's nested process) is no instance: it runs here, as the
 * call activity's inside, and sees the caller's variables.
 */
export const callActivity: Behavior<CallActivityModel> = {
  enter(scene) {
    const { called } = scene.model;
    if (called.type === 'callable') callInside(scene);
    else callProcess(scene, called);
  },

  resume(scene, result) {
    const { called } = scene.model;
    if (called.type === 'process' && called.returnAllVariables) takeBack(scene, result);
    if (scene.element.outputs !== undefined) scene.keep(result);
    scene.leave();
  },
};

function callProcess(scene: Scene<CallActivityModel>, called: CalledProcess): void {
  const calledProcessId = requiredText(scene, called.processId, 'called process');
  const businessKey = textValue(scene, called.businessKey);
  const key = scene.activate();
  scene.run.emit({
    type: 'childStarted',
    key,
    elementId: scene.element.id,
    calledProcessId,
    binding: called.binding,
    variables: handedDown(scene, called),
    ...(businessKey === undefined ? {} : { businessKey }),
    ...(scene.model.detached === undefined ? {} : { detached: scene.model.detached }),
  });
  if (scene.model.detached === true) scene.leave();
}

/** What an inner instance of a loop has of its own (`loopCounter`, its item, its output) came with the child's variables and stays inside. */
function takeBack(scene: Scene<CallActivityModel>, result: Variables): void {
  const own = scene.isInner ? innerVariables(scene) : NO_VARIABLES;
  const [inside, outside]: [Record<string, Json>, Record<string, Json>] = [{}, {}];
  for (const [name, value] of Object.entries(result)) setOwn(Object.hasOwn(own, name) ? inside : outside, name, value);
  scene.run.writeTo(scene.key, inside);
  scene.run.write(scene.scope, outside);
}

function handedDown(scene: Scene<CallActivityModel>, called: CalledProcess): Variables {
  const all = called.passAllVariables ? scene.variables : NO_VARIABLES;
  // The inputs are the element's own scope by now.
  return scene.model.inputs === undefined ? all : { ...all, ...find(scene.instance.scopes, scene.key)?.variables };
}

/** Detached, the callable runs beside, as a token of this scope, and ends with it. */
function callInside(scene: Scene<CallActivityModel>): void {
  const { run, element, model } = scene;
  if (model.detached === true) {
    const { called } = model;
    if (called.type === 'callable') run.arrive(run.element(called.elementId), scene.scope);
    return scene.leave();
  }
  const key = scene.activate({});
  armEventSubProcesses(run, key, element.eventSubProcesses);
  for (const start of element.starts) run.arrive(start, key);
}
