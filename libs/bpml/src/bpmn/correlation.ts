import type { Conversation } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readFormula } from './formal-expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/**
 * The conversation a message belongs to: a correlation key all of whose properties can be read from that message.
 *
 * Of several, the one the process subscribes to comes first. Source: BPMN 2.0.2, 8.4.2 (correlation).
 */
export function conversationOf(reading: Reading, message: XmlElement, user: XmlElement): Conversation | undefined {
  const subscribed = subscribedKeys(reading, processAround(user));
  const keys = reading.derive(correlationKeys);
  for (const key of [...keys].sort((a, b) => Number(subscribed.has(b)) - Number(subscribed.has(a)))) {
    const retrievals = propertiesOf(reading, key).map((property) => retrievalFrom(reading, property, message));
    if (retrievals.length === 0 || !retrievals.every((retrieval) => retrieval !== undefined)) continue;
    reading.understandStandard(key);
    const properties = retrievals.map((retrieval) => {
      if (retrieval.parent) reading.understandStandard(retrieval.parent);
      return readFormula(
        reading,
        retrieval.parent ?? retrieval,
        retrieval.first('messagePath') ?? retrieval.first('formalExpression'),
        'message path',
      );
    });
    const read = properties.filter((property) => property !== undefined);
    if (read.length === properties.length) return { name: key.attribute('name')?.trim() || key.id || '', properties: read };
  }
  return undefined;
}

/** They stand in a collaboration, a choreography or a conversation of it. */
function correlationKeys(reading: Reading): readonly XmlElement[] {
  return [...reading.root.walk()].filter(({ local }) => local === 'correlationKey');
}

function propertiesOf(reading: Reading, key: XmlElement): readonly XmlElement[] {
  return key.all('correlationPropertyRef').flatMap((reference) => reading.find(reference.text) ?? []);
}

function retrievalFrom(reading: Reading, property: XmlElement, message: XmlElement): XmlElement | undefined {
  return property
    .all('correlationPropertyRetrievalExpression')
    .find((retrieval) => reading.find(retrieval.attribute('messageRef')) === message);
}

/** The keys a process subscribes to. What it binds to its own data is not looked at: the first message sets the key. */
function subscribedKeys(reading: Reading, process: XmlElement | undefined): ReadonlySet<XmlElement> {
  const keys = new Set<XmlElement>();
  for (const subscription of process?.all('correlationSubscription') ?? []) {
    const key = reading.find(subscription.attribute('correlationKeyRef'));
    if (!key) continue;
    keys.add(key);
    if (reading.isUnderstood(subscription)) continue;
    reading.understandStandard(subscription);
    if (subscription.first('correlationPropertyBinding')) {
      const message = `The correlation subscription "${title(subscription)}" binds its key to data of the process, which is not looked at: the first message sets the key.`;
      reading.warn('not-executed', message, subscription);
    }
  }
  return keys;
}

function processAround(element: XmlElement): XmlElement | undefined {
  return element.local === 'process' ? element : element.parent && processAround(element.parent);
}
