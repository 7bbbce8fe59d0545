import type { MessageReference } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { literal, value, zeebeValue } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { zeebeElement, zeebeText } from './vendor.js';

/** The message an element names by `messageRef` or through its operation; absent when it names none. */
export function messageOf(reading: Reading, element: XmlElement): MessageReference | undefined {
  const message = reading.find(element.attribute('messageRef')) ?? operationMessage(reading, element);
  if (message?.local !== 'message') return undefined;
  reading.understand(message);
  const correlationKey = zeebeText(zeebeElement(reading, message, 'subscription'), 'correlationKey');
  return {
    name: value(message.attribute('name')?.trim() || message.id || ''),
    ...(correlationKey !== undefined && { correlationKey: zeebeValue(correlationKey) }),
  };
}

/** The same for an element that waits: one that names no message waits for one with its own id. */
export function awaitedMessage(reading: Reading, waiting: XmlElement, definition: XmlElement = waiting): MessageReference {
  const message = messageOf(reading, definition);
  if (message) return message;
  reading.warn('no-message', `"${title(waiting)}" names no message: it waits for one named "${waiting.id}".`, waiting);
  return { name: literal(waiting.id ?? '') };
}

function operationMessage(reading: Reading, element: XmlElement): XmlElement | undefined {
  const operation = reading.find(element.attribute('operationRef') ?? element.childText('operationRef'));
  return reading.find(operation?.childText('inMessageRef'));
}
