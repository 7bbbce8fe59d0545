import type { Work } from '../model.js';
import type { Scene } from '../scene.js';
import { correlationKeyOf } from '../subscriptions.js';
import { requiredText } from '../values.js';
import { NO_VARIABLES } from '../variables.js';

/** Send a message by name. The shell finds who waits for it. */
export function publish(scene: Scene, work: Extract<Work, { readonly kind: 'message' }>): void {
  scene.run.emit({
    type: 'messagePublished',
    key: scene.key,
    elementId: scene.element.id,
    messageName: requiredText(scene, work.message.name, 'message name'),
    correlationKey: correlationKeyOf(scene, work.message),
    variables: work.variables === undefined ? NO_VARIABLES : scene.map(work.variables),
  });
}
