import type { MessageWork } from '../model.js';
import type { Scene } from '../scene.js';
import { correlationKeyOf, noteConversation } from '../triggers/messages.js';
import { requiredText } from '../values.js';
import { NO_VARIABLES } from '../variables.js';

/** Send a message by name. The shell finds who waits for it. */
export function publish(scene: Scene, work: MessageWork): void {
  const { run } = scene;
  const messageName = requiredText(scene, work.message.name, 'message name');
  const variables = work.variables === undefined ? NO_VARIABLES : scene.map(work.variables);
  const correlationKey = correlationKeyOf(scene, work.message, variables);
  scene.activate();
  run.emit({ type: 'messagePublished', key: run.instance.nextKey, elementId: scene.element.id, messageName, correlationKey, variables });
  noteConversation(scene, work.message, variables);
}
