import { definitionsOf } from '../expressions-of.js';
import type { ElementId, ElementModel, Expression, ProcessModel } from '../model.js';
import type { SoundnessFinding } from './report.js';

/** A message flow of a collaboration: who is drawn to send to whom. */
export interface MessageFlow {
  readonly source: ElementId;
  readonly target: ElementId;
}

/** `undefined` stands for a name that is only known at run time, or for a worker that may send anything. */
type Name = string | undefined;

/**
 * Messages and signals that are awaited somewhere in these processes and sent nowhere in them.
 *
 * That is an error where the collaboration says that something in these processes sends the message, and that
 * something cannot; else it only says what must come from outside.
 */
export function findUnsent(models: readonly ProcessModel[], messageFlows: readonly MessageFlow[] = []): readonly SoundnessFinding[] {
  const elements = models.flatMap((model) => model.elements);
  const sent = new Set(elements.flatMap((element) => namesOf(element, 'thrown')));
  return elements.flatMap((element) =>
    namesOf(element, 'caught').flatMap(({ kind, name }): readonly SoundnessFinding[] => {
      if (name === undefined || [...sent].some((one) => one.kind === kind && (one.name === undefined || one.name === name))) return [];
      const drawn = kind === 'message' ? senderOf(element, elements, messageFlows) : undefined;
      const elementIds = drawn === undefined ? [element.id] : [element.id, drawn.id];
      const message =
        drawn === undefined
          ? `The ${kind} “${name}” that ${element.id} waits for is sent by none of these processes: it must come from outside.`
          : `The message “${name}” that ${element.id} waits for is drawn to come from ${drawn.id}, but nothing sends it.`;
      return [{ severity: drawn === undefined ? 'info' : 'error', code: 'message-never-sent', message, elementIds }];
    }),
  );
}

/** Who is drawn to send it and cannot. People and workers can always. */
function senderOf({ id }: ElementModel, elements: readonly ElementModel[], flows: readonly MessageFlow[]): ElementModel | undefined {
  const senders = flows.filter(({ target }) => target === id).map(({ source }) => elements.find((element) => element.id === source));
  const isAble = (sender: ElementModel | undefined) => sender === undefined || sender.kind === 'userTask' || sender.kind === 'manualTask';
  return senders.length === 0 || senders.some(isAble) ? undefined : senders[0];
}

interface Named {
  readonly kind: 'message' | 'signal';
  readonly name: Name;
}

function namesOf(element: ElementModel, direction: 'thrown' | 'caught'): readonly Named[] {
  const found: Named[] = [];
  const isThrown = direction === 'thrown';
  if ('work' in element && isThrown) {
    if (element.work.kind === 'message') found.push({ kind: 'message', name: nameOf(element.work.message.name) });
    if (element.work.kind === 'job') found.push({ kind: 'message', name: undefined });
  }
  if (element.kind === 'receiveTask' && !isThrown) found.push({ kind: 'message', name: nameOf(element.message.name) });
  if (!('event' in element)) return found;
  const throws = element.kind === 'endEvent' || element.kind === 'intermediateThrowEvent';
  for (const event of definitionsOf(element.event)) {
    if (event.type === 'signal' && throws === isThrown) found.push({ kind: 'signal', name: nameOf(event.name) });
    if (event.type !== 'message') continue;
    if ('message' in event && !isThrown) found.push({ kind: 'message', name: nameOf(event.message.name) });
    if ('work' in event && isThrown) {
      found.push({ kind: 'message', name: event.work.kind === 'message' ? nameOf(event.work.message.name) : undefined });
    }
  }
  return found;
}

function nameOf({ language, text }: Expression): Name {
  return language === 'literal' ? text : undefined;
}
