import type { ProcessModel } from '@baton/engine';
import { nthSubscription, nthWorker, type Choice } from './choice.js';
import { undoNext } from './compensation.js';
import { Draft, type Oracle } from './draft.js';
import { enter } from './enter.js';
import { fireInclusiveJoin } from './joins.js';
import { complete } from './leave.js';
import { advance } from './loop.js';
import type { Marking, TraceEntry, Values } from './marking.js';
import { netOf, type Net } from './net.js';
import { begin, isEmpty } from './scope.js';
import { broadcast, happen, hearNext, throwAt } from './throwing.js';

export interface Step {
  readonly marking: Marking;
  /** What happened, in order. */
  readonly trace: readonly TraceEntry[];
}

/** Moves one step may take before it is taken for an endless loop. */
export const MOVES_PER_STEP_MAX = 200;

const NOTHING: Marking = {
  status: 'active',
  moving: [],
  visits: [],
  held: [],
  scopes: [],
  subscriptions: [],
  undoings: [],
  heard: [],
  next: 0,
  overrun: false,
};

/** Start an instance. */
export function start(process: ProcessModel | Net, variables: Values = {}): Step {
  return settle(begun('model' in process ? process : netOf(process), variables));
}

/**
 * Let the outside answer, and move every token until all wait again.
 *
 * @throws if nothing waits for this answer
 */
export function perform(net: Net, marking: Marking, choice: Choice): Step {
  return settle(answered(net, marking, choice));
}

/** An instance with its first token on its way. */
export function begun(net: Net, variables: Values = {}, oracle?: Oracle): Draft {
  const draft = new Draft(net, NOTHING, oracle);
  begin(draft, draft.open({ kind: 'process', variables }));
  return tidied(draft);
}

/** The same marking right after an answer, its tokens on their way. */
export function answered(net: Net, marking: Marking, choice: Choice, oracle?: Oracle): Draft {
  const draft = new Draft(net, marking, oracle);
  if (choice.type === 'signal') broadcast(draft, choice.name);
  else if (choice.type === 'complete' || choice.type === 'throwError') answerWork(draft, choice);
  else {
    const subscription = nthSubscription(marking, choice.elementId, choice.nth);
    if (subscription === undefined) throw new Error(`Nothing waits at ${choice.elementId}.`);
    happen(draft, subscription);
  }
  return tidied(draft);
}

function answerWork(draft: Draft, choice: Extract<Choice, { type: 'complete' | 'throwError' }>): void {
  const visit = nthWorker(draft, choice.elementId, choice.nth);
  if (visit === undefined) throw new Error(`There is no work at ${choice.elementId}.`);
  if (choice.type === 'throwError') return throwAt(draft, visit, choice.code);
  draft.write(draft.view(visit), choice.variables ?? {});
  complete(draft, visit);
}

function settle(draft: Draft): Step {
  for (let moves = 0; !draft.overrun && moveOne(draft);) draft.overrun = ++moves > MOVES_PER_STEP_MAX;
  return { marking: draft.marking(), trace: draft.trace };
}

/**
 * First come, first served: one token moves by one element, and whatever ends by that ends before the next one moves.
 * Inclusive joins are looked at when nothing else can move; then come the signals that were thrown.
 *
 * @returns false if all wait
 */
export function moveOne(draft: Draft): boolean {
  if (draft.status !== 'active') return false;
  const [move, ...rest] = draft.moving;
  if (move === undefined && !fireInclusiveJoin(draft) && !hearNext(draft)) return false;
  if (move !== undefined) {
    draft.moving = rest;
    enter(draft, move);
  }
  tidied(draft);
  return true;
}

function tidied(draft: Draft): Draft {
  while (draft.status === 'active' && (advanceLoop(draft) || endEmptyScope(draft) || undoNext(draft)));
  return draft;
}

function advanceLoop(draft: Draft): boolean {
  const id = draft.advanced.shift();
  if (id === undefined) return false;
  if (draft.scopes.some((scope) => scope.id === id)) advance(draft, id);
  return true;
}

/**
 * A scope ends when no token is left in it: the sub-process is done, or the whole instance.
 *
 * Source: BPMN 2.0.2, 13.3.4 and 13.5.6.
 */
function endEmptyScope(draft: Draft): boolean {
  for (const scope of draft.scopes.toReversed()) {
    if (!isEmpty(draft, scope)) continue;
    if (scope.kind === 'process') {
      draft.status = 'completed';
      draft.subscriptions = [];
      return true;
    }
    const owner = scope.kind === 'subProcess' ? draft.owner(scope) : undefined;
    if (owner?.waiting !== 'scope') continue;
    complete(draft, owner);
    return true;
  }
  return false;
}
