import { cancelTransaction } from './compensation/cancel.js';
import { startCompensation } from './compensation/start.js';
import { throwError, throwEscalation } from './error-propagation.js';
import type { EndEventDefinition, ThrowEventDefinition } from './model.js';
import type { Scene } from './scene.js';
import { throwSignal } from './triggers/signals.js';
import { NO_VARIABLES, ownValue } from './variables.js';
import { createJob } from './work/job.js';
import { publish } from './work/message.js';

/** What a throw or end event throws. Links and terminate are matters of the token itself. */
type Thrown = ThrowEventDefinition | EndEventDefinition;

/**
 * Throw what an event is about, here and now.
 *
 * @returns `done` when the token can go on, `waiting` while it stays (for compensation, for a job), `gone` when throwing ended it.
 */
export function raise(scene: Scene, event: Thrown): 'done' | 'waiting' | 'gone' {
  switch (event.type) {
    case 'message':
      if (event.work.kind === 'message') publish(scene, event.work);
      else if (event.work.kind === 'job') {
        createJob(scene, event.work);
        return 'waiting';
      }
      return 'done';
    case 'signal':
      throwSignal(scene, event);
      return scene.run.isAlive(scene.key) ? 'done' : 'gone';
    case 'escalation': {
      const variables = event.variables === undefined ? NO_VARIABLES : scene.map(event.variables);
      const key = scene.activate();
      throwEscalation(scene.run, key, { escalationCode: event.escalationCode ?? '', variables });
      return scene.run.isAlive(key) ? 'done' : 'gone';
    }
    case 'compensation':
      return startCompensation(scene, event);
    case 'error': {
      const { errorCode = '', errorMessage } = event;
      const message = errorMessage === undefined ? {} : { message: errorMessage };
      throwError(scene.run, scene.activate(), { errorCode, ...message });
      return 'gone';
    }
    case 'cancel':
      return cancelTransaction(scene);
    case 'multiple':
      return raiseAll(scene, event.events);
    default:
      return 'done';
  }
}

/** What the token waited for has come: throw what follows of several. */
export function raiseRest(scene: Scene, event: Thrown): 'done' | 'waiting' | 'gone' {
  return event.type === 'multiple' ? raiseAll(scene, event.events, (waitedFor(scene) ?? event.events.length) + 1) : 'done';
}

/** One after the other: the token can wait for only one thing at a time. */
function raiseAll(scene: Scene, events: readonly Thrown[], from = waitedFor(scene) ?? 0): 'done' | 'waiting' | 'gone' {
  for (let part = from; part < events.length; part++) {
    const outcome = raise(scene, events[part]!);
    if (outcome === 'waiting') scene.run.emit({ type: 'partSeen', host: scene.key, elementId: scene.element.id, part });
    if (outcome !== 'done') return outcome;
  }
  return 'done';
}

/** Which of several events the token waits for, or did last. */
function waitedFor(scene: Scene): number | undefined {
  return scene.isActive ? ownValue(scene.token.seen ?? {}, scene.element.id)?.at(-1) : undefined;
}
