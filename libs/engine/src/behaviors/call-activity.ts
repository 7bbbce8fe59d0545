import type { Behavior } from '../behavior.js';
import type { Variables } from '../json.js';
import type { CallActivityModel } from '../model.js';
import type { Scene } from '../scene.js';
import { requiredText, textValue } from '../values.js';
import { NO_VARIABLES } from '../variables.js';

/**
 * Call activity: another process runs as a child instance, and the token waits for its end.
 *
 * Nothing is shared: the child gets copies, every visible variable if so modelled, then the inputs;
 * what comes back is every variable of the child's root, if so modelled, then the outputs.
 */
export const callActivity: Behavior<CallActivityModel> = {
  enter(scene) {
    const { model, key } = scene;
    const calledProcessId = requiredText(scene, model.calledProcessId, 'called process');
    const businessKey = textValue(scene, model.businessKey);
    scene.run.emit({
      type: 'childStarted',
      key,
      elementId: model.id,
      calledProcessId,
      binding: model.binding,
      variables: handedDown(scene),
      ...(businessKey === undefined ? {} : { businessKey }),
    });
  },

  resume(scene, result) {
    if (scene.model.returnAllVariables) scene.run.write(scene.scope, result);
    if (scene.element.outputs !== undefined) scene.keep(result);
    scene.leave();
  },
};

function handedDown(scene: Scene<CallActivityModel>): Variables {
  const all = scene.model.passAllVariables ? scene.variables : NO_VARIABLES;
  // The inputs are the element's own scope by now.
  return scene.model.inputs === undefined ? all : { ...all, ...scene.instance.scopes[scene.key]?.variables };
}
