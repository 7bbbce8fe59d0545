import type { BoundaryEventModel, ElementModel, ErrorEvent, StartEventModel, TimerEvent } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { eventDefinitions, trigger } from './event-definitions.js';
import { readMappings } from './mappings.js';
import { awaitedMessage } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readTimer } from './timer.js';
import { readForm } from './user-task.js';
import { camundaText } from './vendor.js';

/** What every element has, whatever its kind. */
export type Base = Pick<ElementModel, 'id' | 'name' | 'documentation' | 'parent'>;

/** An event of any kind; `undefined` (with an error) when its trigger is not executed where it stands. */
export function readEvent(reading: Reading, element: XmlElement, base: Base): ElementModel | undefined {
  const type = trigger(reading, element);
  const [definition] = eventDefinitions(reading, element);
  if (definition) reading.understandAll(definition);
  const { outputs } = readMappings(reading, element);
  const mapped = outputs && { outputs };
  switch (element.local) {
    case 'startEvent': {
      const event = startTrigger(reading, element, type, definition);
      const initiatorVariable = camundaText(reading, element, 'initiator');
      return (
        event && {
          kind: 'startEvent',
          ...base,
          event,
          ...readForm(reading, element),
          ...(initiatorVariable !== undefined && { initiatorVariable }),
          ...mapped,
        }
      );
    }
    case 'endEvent':
      if (type === 'none' || type === 'terminate') return { kind: 'endEvent', ...base, event: { type } };
      return type === 'error' && definition ? { kind: 'endEvent', ...base, event: thrownError(reading, element, definition) } : undefined;
    case 'intermediateThrowEvent':
      return type === 'none' ? { kind: 'intermediateThrowEvent', ...base, event: { type } } : undefined;
    case 'intermediateCatchEvent': {
      if (type === 'message' && definition) {
        return {
          kind: 'intermediateCatchEvent',
          ...base,
          event: { type, message: awaitedMessage(reading, element, definition) },
          ...mapped,
        };
      }
      const event = type === 'timer' ? timerEvent(reading, element, definition) : undefined;
      return event && { kind: 'intermediateCatchEvent', ...base, event, ...mapped };
    }
    case 'boundaryEvent': {
      const event =
        type === 'timer' ? timerEvent(reading, element, definition) : type === 'error' ? caughtError(reading, definition) : undefined;
      return event && { ...boundary(element, base, event), ...mapped };
    }
    default:
      return undefined;
  }
}

function startTrigger(reading: Reading, element: XmlElement, type: string, definition?: XmlElement): StartEventModel['event'] | undefined {
  if (type === 'none') return { type };
  if (type === 'message' && definition) return { type, message: awaitedMessage(reading, element, definition) };
  return type === 'timer' ? timerEvent(reading, element, definition) : undefined;
}

function timerEvent(reading: Reading, element: XmlElement, definition?: XmlElement): TimerEvent | undefined {
  const timer = definition && readTimer(reading, element, definition);
  return timer && { type: 'timer', timer };
}

function boundary(element: XmlElement, base: Base, event: BoundaryEventModel['event']): BoundaryEventModel {
  return {
    kind: 'boundaryEvent',
    ...base,
    attachedTo: element.attribute('attachedToRef')?.replace(/^.*:/, '') ?? '',
    interrupting: event.type === 'error' || element.attribute('cancelActivity') !== 'false',
    event,
  };
}

/** An error without a code is known by its id, so that throwing and catching it still meet. */
function thrownError(reading: Reading, element: XmlElement, definition: XmlElement): ErrorEvent {
  const error = namedError(reading, definition);
  if (error) return { type: 'error', ...error };
  reading.error('bpmn-invalid', `The error end event "${title(element)}" names no error.`, element);
  return { type: 'error' };
}

function caughtError(reading: Reading, definition?: XmlElement): ErrorEvent {
  if (!definition) return { type: 'error' };
  const codeVariable = camundaText(reading, definition, 'errorCodeVariable');
  const messageVariable = camundaText(reading, definition, 'errorMessageVariable');
  return {
    type: 'error',
    ...namedError(reading, definition),
    ...(codeVariable !== undefined && { codeVariable }),
    ...(messageVariable !== undefined && { messageVariable }),
  };
}

function namedError(reading: Reading, definition: XmlElement): Pick<ErrorEvent, 'errorCode' | 'errorMessage'> | undefined {
  const error = reading.find(definition.attribute('errorRef'));
  if (error?.local !== 'error') return undefined;
  reading.understand(error);
  const errorMessage = camundaText(reading, error, 'errorMessage');
  return { errorCode: error.attribute('errorCode')?.trim() || error.id || '', ...(errorMessage !== undefined && { errorMessage }) };
}
