import type { Evaluator } from '../evaluator.js';
import type { Armed } from '../event.js';
import type { Variables } from '../json.js';
import { definitionsOf } from '../expressions-of.js';
import type { Conversation, ElementModel, MessageReference } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import { requiredText } from '../values.js';
import { ownValue } from '../variables.js';

/** Wait for a message by its name and, where modelled, its correlation key. */
export function subscribe(at: Evaluator, where: Armed, message: MessageReference): void {
  const messageName = requiredText(at, message.name, 'message name');
  const correlationKey = awaitedKey(at, message);
  const { run } = at;
  run.emit({ type: 'messageSubscriptionOpened', subscription: run.instance.nextKey, ...where, messageName, correlationKey });
}

/** The key a message must carry: null where the model asks for none, or where a conversation has not begun. */
function awaitedKey(at: Evaluator, message: MessageReference): string | null {
  if (message.correlationKey !== undefined) return correlationKeyOf(at, message);
  const { conversation } = message;
  return conversation === undefined ? null : (ownValue(at.instance.conversations ?? {}, conversation.name) ?? null);
}

/** The key as text; null where the model asks for none. @throws EvaluationFailed when there should be one and is not. */
export function correlationKeyOf(at: Evaluator, message: MessageReference, nearest?: Variables): string | null {
  if (message.correlationKey === undefined) return message.conversation === undefined ? null : keyIn(at, message.conversation, nearest);
  const { value, reads } = at.evaluate(message.correlationKey, nearest);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new EvaluationFailed('expression-failed', `The correlation key “${message.correlationKey.text}” gave no text or number.`, reads);
}

/** The value of a shared key as a payload gives it; null while a property is missing, which in some languages is an error. */
function keyIn(at: Evaluator, { properties }: Conversation, payload: Variables | undefined): string | null {
  try {
    const values = properties.map((property) => at.evaluate(property, payload).value);
    return values.some((value) => value === null) ? null : JSON.stringify(values);
  } catch (error) {
    if (error instanceof EvaluationFailed) return null;
    throw error;
  }
}

/** The first message of a conversation, sent or received, gives its key a value for the whole instance. */
export function noteConversation(at: Evaluator, message: MessageReference, payload: Variables): void {
  const { conversation } = message;
  if (conversation === undefined || ownValue(at.instance.conversations ?? {}, conversation.name) !== undefined) return;
  const value = keyIn(at, conversation, payload);
  if (value !== null) at.run.emit({ type: 'conversationBegun', name: conversation.name, value });
}

/** As `noteConversation`, for the message that has come to an element; `part` of a multiple event. */
export function noteConversationAt(at: Evaluator, model: ElementModel, part: number | undefined, payload: Variables): void {
  if (model.kind === 'receiveTask') return noteConversation(at, model.message, payload);
  const event = 'event' in model ? definitionsOf(model.event)[part ?? 0] : undefined;
  if (event?.type === 'message' && 'message' in event) noteConversation(at, event.message, payload);
}
