import type { Mapping, MessageReference } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { conversationOf } from './correlation.js';
import { eventDefinitions } from './event-definitions.js';
import { feel, literal, value, zeebeValue } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText, zeebeElement, zeebeText } from './vendor.js';

/** The message an element waits for. One that names none, by itself or by a message flow, waits for one with its own id. */
export function awaitedMessage(reading: Reading, waiting: XmlElement, definition: XmlElement = waiting): MessageReference {
  const message = messageOf(reading, waiting, definition) ?? messageOfFlow(reading, waiting, 'target');
  if (message) return message;
  reading.warn('no-message', `"${title(waiting)}" names no message: it waits for one named "${waiting.id}".`, waiting);
  return { name: literal(waiting.id ?? '') };
}

/** The message an element sends; `undefined` when neither it nor a message flow names one. */
export function sentMessage(reading: Reading, sender: XmlElement, definition: XmlElement = sender): MessageReference | undefined {
  const message = messageOf(reading, sender, definition) ?? messageOfFlow(reading, sender, 'source');
  const publish = zeebeElement(reading, sender, 'publishMessage');
  for (const name of ['messageId', 'timeToLive']) {
    if (zeebeText(publish, name) !== undefined) reading.info('preserved', `"${title(sender)}": ${name} of its message is kept.`, sender);
  }
  const correlationKey = zeebeText(publish, 'correlationKey');
  return message && { ...message, ...(correlationKey !== undefined && { correlationKey: zeebeValue(correlationKey) }) };
}

/** By `messageRef`, or through the operation; Flowable also computes the name. */
function messageOf(reading: Reading, element: XmlElement, definition: XmlElement): MessageReference | undefined {
  const expression = camundaText(reading, definition, 'messageExpression');
  if (expression !== undefined) return { name: value(expression) };
  const message = reading.find(definition.attribute('messageRef')) ?? operationMessage(reading, definition);
  return message?.local === 'message' ? referenceTo(reading, message, element) : undefined;
}

function referenceTo(reading: Reading, message: XmlElement, user: XmlElement): MessageReference {
  reading.understand(message);
  const correlationKey = zeebeText(zeebeElement(reading, message, 'subscription'), 'correlationKey');
  const conversation = conversationOf(reading, message, user);
  return {
    name: value(message.attribute('name')?.trim() || message.id || ''),
    ...(correlationKey !== undefined && { correlationKey: zeebeValue(correlationKey) }),
    ...(conversation && { conversation }),
  };
}

function operationMessage(reading: Reading, element: XmlElement): XmlElement | undefined {
  const operation = reading.find(element.attribute('operationRef') ?? element.childText('operationRef'));
  return reading.find(operation?.childText('inMessageRef'));
}

/** A message flow names the message of both its ends: by its own `messageRef`, by what its other end names, by its name, by its id. */
function messageOfFlow(reading: Reading, element: XmlElement, end: 'source' | 'target'): MessageReference | undefined {
  const flow = reading.derive(messageFlows).find((candidate) => reading.find(candidate.attribute(`${end}Ref`)) === element);
  if (!flow) return undefined;
  reading.understandStandard(flow);
  const message = reading.find(flow.attribute('messageRef'));
  if (message?.local === 'message') return referenceTo(reading, message, element);
  const other = reading.find(flow.attribute(end === 'source' ? 'targetRef' : 'sourceRef'));
  const definitions = other ? [other, ...eventDefinitions(reading, other)] : [];
  for (const definition of definitions) {
    const named = messageOf(reading, element, definition);
    if (named) return named;
  }
  return { name: literal(flow.attribute('name')?.replace(/\s+/g, ' ').trim() || flow.id || '') };
}

function messageFlows(reading: Reading): readonly XmlElement[] {
  return [...reading.root.walk()].filter(({ local }) => local === 'messageFlow');
}

/**
 * What a message carries: what the sender's input mappings make of its variables. One of a conversation carries at
 * least the variables that the conversation's properties are read from, so that it can be correlated at all.
 */
export function payloadOf(inputs: readonly Mapping[] | undefined, message?: MessageReference): readonly Mapping[] | undefined {
  const mapped = copiesOf((inputs ?? []).map(({ target }) => target));
  if (mapped.length > 0) return mapped;
  const properties = message?.conversation?.properties ?? [];
  const names = properties.flatMap(({ language, text }) => (language === 'feel' ? (/^[\p{L}_$][\p{L}\d_$]*/u.exec(text) ?? []) : []));
  return names.length > 0 ? copiesOf(names) : undefined;
}

function copiesOf(names: readonly string[]): readonly Mapping[] {
  return [...new Set(names)].map((name) => ({ source: feel(name), target: name }));
}
