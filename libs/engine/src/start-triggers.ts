import { newInstance } from './new-instance.js';
import type { ElementId, Expression, Instant, StartEventModel } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Process } from './process.js';
import { ScopeView } from './scope-view.js';
import { firstFiring } from './timers/timer.js';
import type { Firing } from './timers/timer.js';

/** What starts an instance at a start event of the process itself. */
export type StartTrigger =
  | { readonly type: 'none'; readonly elementId: ElementId }
  | { readonly type: 'message'; readonly elementId: ElementId; readonly messageName: string }
  | ({ readonly type: 'timer'; readonly elementId: ElementId } & Firing);

/**
 * The start events of a process with what triggers them, in document order. For the shell, which
 * waits for messages and timers in the name of processes that no instance of exists yet.
 *
 * `now` is when the process was deployed: durations and cycles count from it; `nextFiring` continues a cycle.
 *
 * @throws EvaluationFailed when an expression of a trigger gives no text, or a timer no time.
 */
export function startTriggers(process: Process, now: Instant): readonly StartTrigger[] {
  const triggers: StartTrigger[] = [];
  for (const { model } of process.elements) {
    if (model.kind === 'startEvent' && model.parent === undefined) triggers.push(triggerOf(process, model, now));
  }
  return triggers;
}

function triggerOf(process: Process, { id: elementId, event }: StartEventModel, now: Instant): StartTrigger {
  switch (event.type) {
    case 'none':
      return { type: 'none', elementId };
    case 'message':
      return { type: 'message', elementId, messageName: textOf(process, event.message.name, now) };
    case 'timer':
      return { type: 'timer', elementId, ...firstFiring(event.timer.kind, textOf(process, event.timer.expression, now), now) };
  }
}

/** There are no variables yet: only what needs none has a value. */
function textOf(process: Process, expression: Expression, now: Instant): string {
  if (expression.language === 'literal') return expression.text;
  const value = process.expressions.get(expression)?.evaluate(new ScopeView({ ...newInstance(), at: now }, 0)).value;
  if (typeof value === 'string' && value !== '') return value;
  throw new EvaluationFailed('expression-failed', `“${expression.text}” gave no text to start by.`);
}
