import { isCanceling } from './compensation/cancel.js';
import type { Key } from './instance.js';
import type { Json, Variables } from './json.js';
import type { ErrorEvent, EscalationEvent } from './model.js';
import type { Element } from './process.js';
import type { Run } from './run.js';
import { fireEventSubProcess, isInterrupted } from './triggers/event-sub-processes.js';
import { NO_VARIABLES, setOwn } from './variables.js';

/** A modelled error on its way out. */
export interface ThrownError {
  readonly errorCode: string;
  readonly message?: string;
  /** Variables the thrower sends along. */
  readonly variables?: Variables;
}

export interface ThrownEscalation {
  readonly escalationCode: string;
  readonly variables?: Variables;
}

type Caught = ErrorEvent | EscalationEvent;

interface Catcher<E extends Caught> {
  /** A boundary event, or the start event of an event sub-process. */
  readonly element: Element;
  readonly event: E;
  /** The activity it is on; of an event sub-process the owner of its scope. */
  readonly host: Key;
}

/**
 * Throw an error at an element instance. It goes outwards, place by place: the event sub-processes of a scope,
 * then the boundary events of the activity around it. In each place one that names the code comes before
 * one that catches everything.
 *
 * Uncaught, it ends a called instance and goes on in its caller; else the thrower gets the incident `error-uncaught`.
 *
 * Source: BPMN 2.0.2, 10.5.7 (propagation to the innermost enclosing scope), 13.5.5.
 */
export function throwError(run: Run, key: Key, error: ThrownError): void {
  const { errorCode, message } = error;
  const thrower = run.elementOf(key);
  run.emit(message === undefined ? { type: 'errorThrown', key, errorCode } : { type: 'errorThrown', key, errorCode, message });
  const catcher = findCatcher<ErrorEvent>(run, key, 'error', (event) => event.errorCode, errorCode);
  if (catcher !== undefined) return deliverError(run, key, catcher, error);
  if (run.instance.parent !== undefined) {
    endThrower(run, key);
    run.terminateScope(0);
    run.emit({ type: 'instanceTerminated', error: message === undefined ? { code: errorCode } : { code: errorCode, message } });
    return;
  }
  const sentence = `The error “${errorCode}” thrown at ${thrower.id} is caught nowhere${message === undefined ? '' : `: ${message}`}.`;
  run.scene(key).stop('error-uncaught', sentence);
}

/**
 * Throw an escalation at an element instance: on the same way outwards as an error, but nothing has to catch it.
 * Uncaught in a called instance it goes on in its caller.
 *
 * Source: BPMN 2.0.2, 10.5.6.
 */
export function throwEscalation(run: Run, key: Key, { escalationCode, variables = NO_VARIABLES }: ThrownEscalation): void {
  const catcher = findCatcher<EscalationEvent>(run, key, 'escalation', (event) => event.escalationCode, escalationCode);
  const isForCaller = catcher === undefined && run.instance.parent !== undefined;
  run.emit({ type: 'escalationThrown', key, escalationCode, ...(isForCaller ? { uncaught: { variables } } : undefined) });
  if (catcher === undefined) return;
  const { element, event, host } = catcher;
  run.emit({ type: 'escalationCaught', elementId: element.id, host, escalationCode });
  const payload: Record<string, Json> = { ...variables };
  if (event.codeVariable !== undefined) setOwn(payload, event.codeVariable, escalationCode);
  hand(run, catcher, payload);
}

function findCatcher<E extends Caught>(
  run: Run,
  key: Key,
  type: E['type'],
  codeOf: (event: E) => string | undefined,
  code: string,
): Catcher<E> | undefined {
  const choose = (candidates: readonly Catcher<E>[]) =>
    candidates.find(({ event }) => codeOf(event) === code) ?? candidates.find(({ event }) => codeOf(event) === undefined);
  for (let host = key; host !== 0;) {
    const token = run.token(host);
    const around = run.element(token.elementId);
    // The events on the border of a loop belong to its body.
    const onBorder = token.loopCounter === undefined ? around.boundaries : [];
    const found =
      choose(onBorder.flatMap((element) => candidatesAt<E>(element, type, host))) ?? choose(inScope<E>(run, type, token.scope, around));
    if (found !== undefined) return found;
    host = token.scope;
  }
  return undefined;
}

/**
 * What the event sub-processes of a scope catch. The one that something is thrown from does not: thrown again there, it
 * goes on outside. Source: BPMN 2.0.2, 13.5.4 (an event sub-process may retrigger the event that triggered it).
 */
function inScope<E extends Caught>(run: Run, type: E['type'], scope: Key, from: Element): readonly Catcher<E>[] {
  // A loop's body holds inner instances only; what lies inside the activity belongs to each of them.
  if (scope !== 0 && run.token(scope).loop !== undefined) return [];
  const eventSubProcesses = scope === 0 ? run.process.eventSubProcesses : run.elementOf(scope).eventSubProcesses;
  if (eventSubProcesses.length === 0 || isInterrupted(run, scope) || isCanceling(run, scope)) return [];
  const others = eventSubProcesses.filter((eventSubProcess) => eventSubProcess !== from);
  return others.flatMap(({ starts }) => starts.flatMap((start) => candidatesAt<E>(start, type, scope)));
}

function candidatesAt<E extends Caught>(element: Element, type: E['type'], host: Key): readonly Catcher<E>[] {
  const { model } = element;
  if (model.kind !== 'boundaryEvent' && model.kind !== 'startEvent') return [];
  const events = model.event.type === 'multiple' ? model.event.events : [model.event];
  return events.flatMap((event) => (event.type === type ? [{ element, event: event as E, host }] : []));
}

function deliverError(run: Run, key: Key, catcher: Catcher<ErrorEvent>, error: ThrownError): void {
  const { element, event, host } = catcher;
  endThrower(run, key);
  run.emit({ type: 'errorCaught', elementId: element.id, host, errorCode: error.errorCode });
  const payload: Record<string, Json> = { ...error.variables };
  if (event.codeVariable !== undefined) setOwn(payload, event.codeVariable, error.errorCode);
  if (event.messageVariable !== undefined) setOwn(payload, event.messageVariable, error.message ?? null);
  hand(run, catcher, payload);
}

/** An error end event has done all it does; an activity was cut short. */
function endThrower(run: Run, key: Key): void {
  const { id, model } = run.elementOf(key);
  if (model.kind === 'endEvent') run.emit({ type: 'elementCompleted', key, elementId: id });
}

function hand(run: Run, { element, host }: Catcher<Caught>, payload: Variables): void {
  if (element.model.kind === 'startEvent') return fireEventSubProcess(run, element, host, payload);
  const { scope } = run.token(host);
  const { model } = element;
  if (model.kind === 'boundaryEvent' && (model.interrupting || model.event.type === 'error')) run.terminate(host);
  run.visit(element, scope, payload);
}
