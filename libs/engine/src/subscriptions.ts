import type { MessageReference } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Scene } from './scene.js';
import { requiredText } from './values.js';

/** Wait for a message by its name and, where modelled, its correlation key. */
export function subscribe(scene: Scene, message: MessageReference): void {
  const messageName = requiredText(scene, message.name, 'message name');
  const correlationKey = correlationKeyOf(scene, message);
  scene.run.emit({
    type: 'messageSubscriptionOpened',
    subscription: scene.run.nextKey(),
    elementId: scene.element.id,
    host: scene.key,
    messageName,
    correlationKey,
  });
}

/** The key as text; null where the model asks for none. @throws EvaluationFailed when there should be one and is not. */
export function correlationKeyOf(scene: Scene, message: MessageReference): string | null {
  if (message.correlationKey === undefined) return null;
  const { value, reads } = scene.evaluate(message.correlationKey);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new EvaluationFailed('expression-failed', `The correlation key “${message.correlationKey.text}” gave no text or number.`, reads);
}
