import type { Behavior } from '../behavior.js';
import { throwError } from '../error-propagation.js';
import type { EndEventModel } from '../model.js';

/**
 * End event: the token is gone; the scope ends with its last one.
 *
 * - terminate: every other token of its own scope is taken away, then the scope ends as usual.
 * - error: thrown here, caught outside; uncaught, the token stays with an incident.
 *
 * Source: BPMN 2.0.2, 10.5.3 and 13.5.6.
 */
export const endEvent: Behavior<EndEventModel> = {
  enter(scene) {
    const { event } = scene.model;
    switch (event.type) {
      case 'none':
        return scene.depart([]);
      case 'terminate': {
        const { run, scope, key } = scene;
        run.emit({ type: 'elementCompleted', key, elementId: scene.element.id });
        run.terminateScope(scope);
        return run.endScopeIfEmpty(scope);
      }
      case 'error':
        return throwError(scene.run, scene.key, {
          errorCode: event.errorCode ?? '',
          ...(event.errorMessage === undefined ? {} : { message: event.errorMessage }),
        });
    }
  },
};
