import type { EndEventDefinition, EndEventModel, ThrowEventModel } from '@baton/engine';
import { deliver, findCatcher, leaveByBoundary, startEventSubProcess } from './catching.js';
import { cancelTransaction, throwCompensation } from './compensation.js';
import type { Draft } from './draft.js';
import { linkTarget } from './joins.js';
import { complete, pass } from './leave.js';
import type { Move, Subscription, Visit } from './marking.js';
import { terminateInside } from './scope.js';
import { useUp } from './subscription.js';

/** A token comes to an event that makes something happen. */
export function enterThrowing(draft: Draft, move: Move, { event, parent }: ThrowEventModel | EndEventModel): void {
  switch (event.type) {
    case 'none':
      pass(draft, move);
      return;
    case 'error':
      return endWithError(draft, move, event);
    case 'compensation':
      return throwCompensation(draft, move, event);
    case 'message':
      if (event.work.kind === 'job') draft.visit(move, 'work');
      else pass(draft, move);
      return;
    case 'link': {
      pass(draft, move);
      const element = linkTarget(draft.net, parent, event.name);
      if (element !== undefined) draft.move({ scope: move.scope, element });
      return;
    }
    case 'multiple':
      throw new Error('The reference model does not cover multiple events.');
    case 'terminate': {
      const visit = draft.visit(move, 'event');
      terminateInside(draft, move.scope, visit);
      return complete(draft, visit);
    }
    case 'cancel':
      return cancelTransaction(draft, move);
    case 'signal':
      return throwSignal(draft, move, event.name.text);
    case 'escalation':
      return throwEscalation(draft, move, event.escalationCode);
  }
}

/** An error that nobody catches keeps its token, with an incident. */
function endWithError(draft: Draft, move: Move, event: Extract<EndEventDefinition, { type: 'error' }>): void {
  const visit = draft.visit(move, 'event');
  draft.note(move.element, 'thrown');
  const catcher = findCatcher(draft, move.scope, undefined, { type: 'error', code: event.errorCode });
  if (catcher === undefined) return draft.wait(visit, 'incident');
  complete(draft, visit);
  deliver(draft, catcher);
}

/** Whoever does the work of an activity says that it ended with an error. */
export function throwAt(draft: Draft, activity: Visit, code: string): void {
  draft.note(activity.element, 'thrown');
  const catcher = findCatcher(draft, activity.scope, activity, { type: 'error', code });
  if (catcher === undefined) draft.wait(activity, 'incident');
  else deliver(draft, catcher);
}

/** An escalation that nobody catches is no problem. A catcher that interrupts ends the thrower, too. */
function throwEscalation(draft: Draft, move: Move, code: string | undefined): void {
  const visit = draft.visit(move, 'event');
  draft.note(move.element, 'thrown');
  const catcher = findCatcher(draft, move.scope, undefined, { type: 'escalation', code });
  if (catcher !== undefined) deliver(draft, catcher);
  if (draft.isAlive(visit)) complete(draft, visit);
}

/** A thrown signal reaches every subscription that is open, one by one, before the thrower's token goes on. */
function throwSignal(draft: Draft, move: Move, name: string): void {
  const visit = draft.visit(move, 'event');
  draft.note(move.element, 'thrown');
  for (const { id } of listeners(draft, name)) {
    const open = draft.subscriptions.find((subscription) => subscription.id === id);
    if (open !== undefined) happen(draft, open);
  }
  if (draft.isAlive(visit)) complete(draft, visit);
}

/** A signal from outside is on its way to every subscription open at that moment. */
export function broadcast(draft: Draft, name: string): void {
  draft.heard = [...draft.heard, ...listeners(draft, name).map(({ id }) => id)];
}

function listeners({ subscriptions }: Draft, name: string): readonly Subscription[] {
  return subscriptions.filter((subscription) => subscription.kind === 'signal' && subscription.name === name);
}

/**
 * A signal from outside comes to each of those who waited for it when it was thrown and still do, as an answer of its own.
 *
 * @returns false if none is on its way
 */
export function hearNext(draft: Draft): boolean {
  const [id, ...rest] = draft.heard;
  draft.heard = rest;
  const open = draft.subscriptions.find((subscription) => subscription.id === id);
  if (open !== undefined) happen(draft, open);
  return id !== undefined;
}

/** What a token, an activity or a scope waited for has happened. */
export function happen(draft: Draft, subscription: Subscription): void {
  useUp(draft, subscription);
  const element = draft.net.element(subscription.element);
  if (subscription.scope !== undefined) {
    const found = draft.net.eventSubProcesses(draft.scope(subscription.scope).element).find(({ start }) => start.id === element.id);
    if (found !== undefined) startEventSubProcess(draft, found, subscription.scope);
    return;
  }
  const host = draft.visits.find(({ id }) => id === subscription.visit);
  if (host === undefined) return;
  if (element.kind === 'boundaryEvent') return leaveByBoundary(draft, element, host);
  draft.note(element.id, 'caught');
  if (host.element === element.id) return complete(draft, host);
  takeFromGateway(draft, host, element.id);
}

/** The first event takes the token of an event-based gateway, at once; the others no longer count. Source: BPMN 2.0.2, 13.4.4. */
function takeFromGateway(draft: Draft, gateway: Visit, element: string): void {
  draft.visits = draft.visits.filter(({ id }) => id !== gateway.id);
  draft.subscriptions = draft.subscriptions.filter(({ visit }) => visit !== gateway.id);
  draft.note(gateway.element, 'completed');
  pass(draft, { scope: gateway.scope, element });
}
