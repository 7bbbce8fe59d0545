import { definitionsOf } from './expressions-of.js';
import type { Json, Variables } from './json.js';
import type { ElementId, EventDefinition, Expression, Instant, MessageReference } from './model.js';
import { newInstance } from './new-instance.js';
import { EvaluationFailed } from './ports.js';
import type { Element, Process } from './process.js';
import { ScopeView } from './scope-view.js';
import { firstFiring } from './timers/timer.js';
import type { Firing } from './timers/timer.js';

/** What starts an instance, and where: at a start event, at an instantiating receive task, behind an instantiating gateway. */
export type StartTrigger = { readonly elementId: ElementId; /** Of a multiple event, from 0. */ readonly part?: number } & (
  | { readonly type: 'none' }
  | { readonly type: 'message'; readonly messageName: string }
  | ({ readonly type: 'timer' } & Firing)
  | { readonly type: 'signal'; readonly signalName: string }
  /** Looked at when variables are offered (`startsBy`). */
  | { readonly type: 'condition' }
);

/**
 * The places where a process starts with what triggers them, in document order. For the shell, which
 * waits for messages, signals and timers in the name of processes that no instance of exists yet.
 *
 * `now` is when the process was deployed: durations and cycles count from it; `nextFiring` continues a cycle.
 *
 * @throws EvaluationFailed when an expression of a trigger gives no text, or a timer no time.
 */
export function startTriggers(process: Process, now: Instant): readonly StartTrigger[] {
  return process.elements.flatMap((element) => triggersOf(process, element, now));
}

/** Is the condition of a conditional start event true for these variables? A missing variable makes it false. */
export function startsBy(process: Process, elementId: ElementId, variables: Variables, now: Instant, part?: number): boolean {
  const model = process.byId.get(elementId)?.model;
  const event = model !== undefined && 'event' in model ? definitionsOf(model.event)[part ?? 0] : undefined;
  if (event?.type !== 'conditional') return false;
  try {
    return valueOf(process, event.condition, now, variables) === true;
  } catch (error) {
    if (error instanceof EvaluationFailed) return false;
    throw error;
  }
}

function triggersOf(process: Process, element: Element, now: Instant): readonly StartTrigger[] {
  const { model, id: elementId, incoming } = element;
  if (model.parent !== undefined) return [];
  const isBehindGateway = incoming.some(({ source }) => source.model.kind === 'eventBasedGateway' && source.model.instantiate === true);
  if (model.kind === 'receiveTask') {
    return model.instantiate === true || isBehindGateway ? [messageTrigger(process, elementId, model.message, now)] : [];
  }
  if (model.kind !== 'startEvent' && !(model.kind === 'intermediateCatchEvent' && isBehindGateway)) return [];
  if (model.event.type !== 'multiple') return triggerOf(process, elementId, model.event, now);
  return model.event.events.flatMap((event, part) => triggerOf(process, elementId, event, now).map((trigger) => ({ ...trigger, part })));
}

function triggerOf(process: Process, elementId: ElementId, event: EventDefinition, now: Instant): readonly StartTrigger[] {
  switch (event.type) {
    case 'none':
      return [{ type: 'none', elementId }];
    case 'message':
      return 'message' in event ? [messageTrigger(process, elementId, event.message, now)] : [];
    case 'timer':
      return [{ type: 'timer', elementId, ...firstFiring(event.timer.kind, textOf(process, event.timer.expression, now), now) }];
    case 'signal':
      return [{ type: 'signal', elementId, signalName: textOf(process, event.name, now) }];
    case 'conditional':
      return [{ type: 'condition', elementId }];
    default:
      return [];
  }
}

function messageTrigger(process: Process, elementId: ElementId, { name }: MessageReference, now: Instant): StartTrigger {
  return { type: 'message', elementId, messageName: textOf(process, name, now) };
}

/** There are no variables yet: only what needs none has a value. */
function textOf(process: Process, expression: Expression, now: Instant): string {
  const value = valueOf(process, expression, now);
  if (typeof value === 'string' && value !== '') return value;
  throw new EvaluationFailed('expression-failed', `“${expression.text}” gave no text to start by.`);
}

function valueOf(process: Process, expression: Expression, now: Instant, variables?: Variables): Json | undefined {
  if (expression.language === 'literal') return expression.text;
  return process.expressions.get(expression)?.evaluate(new ScopeView({ ...newInstance(), at: now }, 0, variables)).value;
}
