import type { Key } from './instance.js';
import type { Json, Variables } from './json.js';
import type { BoundaryEventModel, ErrorEvent } from './model.js';
import type { Element } from './process.js';
import type { Run } from './run.js';
import { setOwn } from './variables.js';

/** A modelled error on its way out. */
export interface ThrownError {
  readonly errorCode: string;
  readonly message?: string;
  /** Variables the thrower sends along. */
  readonly variables?: Variables;
}

interface Catcher {
  readonly boundary: Element<BoundaryEventModel>;
  readonly event: ErrorEvent;
  readonly host: Key;
}

/**
 * Throw an error at an element instance: the innermost boundary event that names its code catches it,
 * on each activity before one that catches everything.
 *
 * Uncaught, it ends a called instance and goes on in its caller; else the thrower gets the incident `error-uncaught`.
 *
 * Source: BPMN 2.0.2, 10.5.7 (error propagation to the innermost enclosing scope).
 */
export function throwError(run: Run, key: Key, error: ThrownError): void {
  const { errorCode, message } = error;
  const thrower = run.elementOf(key);
  run.emit(message === undefined ? { type: 'errorThrown', key, errorCode } : { type: 'errorThrown', key, errorCode, message });
  const catcher = findCatcher(run, key, errorCode);
  if (catcher !== undefined) return deliver(run, key, catcher, error);
  if (run.instance.parent !== undefined) {
    run.terminateScope(0);
    run.emit({ type: 'instanceTerminated', error: message === undefined ? { code: errorCode } : { code: errorCode, message } });
    return;
  }
  const sentence = `The error “${errorCode}” thrown at ${thrower.id} is caught nowhere${message === undefined ? '' : `: ${message}`}.`;
  run.scene(key).stop('error-uncaught', sentence);
}

function findCatcher(run: Run, key: Key, errorCode: string): Catcher | undefined {
  for (let host = key; host !== 0; host = run.instance.elements[host]!.scope) {
    const candidates: Catcher[] = [];
    for (const boundary of run.elementOf(host).boundaries) {
      const { event } = boundary.model;
      if (event.type === 'error') candidates.push({ boundary, event, host });
    }
    const catcher =
      candidates.find(({ event }) => event.errorCode === errorCode) ?? candidates.find(({ event }) => event.errorCode === undefined);
    if (catcher !== undefined) return catcher;
  }
  return undefined;
}

function deliver(run: Run, key: Key, { boundary, event, host }: Catcher, error: ThrownError): void {
  const thrower = run.elementOf(key);
  const { scope } = run.instance.elements[host]!;
  // An error end event has done all it does; an activity was cut short.
  if (thrower.model.kind === 'endEvent') run.emit({ type: 'elementCompleted', key, elementId: thrower.id });
  run.emit({ type: 'errorCaught', elementId: boundary.id, host, errorCode: error.errorCode });
  run.terminate(host);
  const caught = run.arrive(boundary, scope);

  const payload: Record<string, Json> = { ...error.variables };
  if (event.codeVariable !== undefined) setOwn(payload, event.codeVariable, error.errorCode);
  if (event.messageVariable !== undefined) setOwn(payload, event.messageVariable, error.message ?? null);
  if (boundary.outputs === undefined) run.writeTo(scope, payload);
  else run.scene(caught).keep(payload);
}
