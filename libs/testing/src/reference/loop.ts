import type { Expression, Loop } from '@baton/engine';
import type { Draft } from './draft.js';
import { isTrue } from './expression.js';
import { complete } from './leave.js';
import type { Lookup } from './expression.js';
import type { LoopProgress, Move, Scope, Value } from './marking.js';
import { terminateInside } from './scope.js';
import { armBoundaries } from './subscription.js';

/** A loop whose number of rounds is not known before. */
const OPEN = Number.MAX_SAFE_INTEGER;

/** Enter an activity that repeats: its body stays, inner instances run in a scope of the body. */
export function beginLoop(draft: Draft, move: Move, loop: Loop): void {
  const body = draft.visit(move, 'scope');
  armBoundaries(draft, body);
  const scope = draft.open({
    parent: draft.view(body),
    owner: body.id,
    kind: 'loop',
    loop: { total: total(draft, loop), begun: 0, completed: 0 },
  });
  try {
    const goesOn = loop.kind !== 'standard' || !loop.testBefore || again(draft, loop.condition, scope.id);
    const first = !goesOn ? 0 : loop.kind === 'multiInstance' && !loop.sequential ? progress(scope).total : 1;
    for (let count = 0; count < first; count++) next(draft, scope.id, body.element);
    endIfDone(draft, scope.id);
  } catch (why) {
    draft.stuck(body, why);
  }
}

/** An inner instance has completed: begin the next, or end the loop. */
export function advance(draft: Draft, id: number): void {
  const scope = draft.scope(id);
  const body = draft.owner(scope);
  if (body === undefined) return;
  const loop = loopOf(draft, body.element);
  const { completed } = progress(scope);
  draft.change(id, { loop: { ...progress(scope), completed: completed + 1 } });
  try {
    if (isOver(draft, loop, id)) terminateInside(draft, id);
    else if (loop.kind === 'standard' || loop.sequential) next(draft, id, body.element);
    endIfDone(draft, id);
  } catch (why) {
    draft.stuck(body, why);
  }
}

/** Is the loop to end before its last round? */
function isOver(draft: Draft, loop: Loop, id: number): boolean {
  const { total: rounds, completed } = progress(draft.scope(id));
  if (loop.kind === 'standard') return completed >= rounds || !again(draft, loop.condition, id);
  return loop.completionCondition !== undefined && holds(draft, loop.completionCondition, id);
}

function again(draft: Draft, condition: Expression | undefined, id: number): boolean {
  return condition === undefined || holds(draft, condition, id);
}

function next(draft: Draft, id: number, element: string): void {
  const { begun, total: rounds } = progress(draft.scope(id));
  if (begun >= rounds) return;
  draft.change(id, { loop: { ...progress(draft.scope(id)), begun: begun + 1 } });
  draft.move({ scope: id, element, counter: begun + 1 });
}

function endIfDone(draft: Draft, id: number): void {
  const scope = draft.scope(id);
  const body = draft.owner(scope);
  const busy = draft.moving.some((move) => move.scope === id) || draft.visits.some((visit) => visit.scope === id);
  if (body !== undefined && !busy) complete(draft, body);
}

function holds(draft: Draft, { text }: Expression, id: number): boolean {
  if (draft.oracle !== undefined) return draft.oracle(2) === 1;
  return isTrue(text, counts(draft, id));
}

/** What the conditions of a loop see beside the variables. Source: BPMN 2.0.2, table 10.30. */
function counts(draft: Draft, id: number): Lookup {
  const { total: rounds, begun, completed } = progress(draft.scope(id));
  const known: Readonly<Record<string, Value>> = {
    loopCounter: completed,
    numberOfInstances: rounds,
    numberOfActiveInstances: begun - completed,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: 0,
    nrOfInstances: rounds,
    nrOfActiveInstances: begun - completed,
    nrOfCompletedInstances: completed,
  };
  return (name) => known[name] ?? draft.read(id, name);
}

/** For an oracle two rounds stand for any number: more of them show nothing new. */
function total(draft: Draft, loop: Loop): number {
  const count = loop.kind === 'standard' ? loop.maximum : loop.cardinality;
  if (draft.oracle !== undefined) return Math.min(2, Number(count?.text ?? 2) || 0);
  return count === undefined ? OPEN : Number(count.text);
}

function progress({ loop }: Scope): LoopProgress {
  if (loop === undefined) throw new Error('This scope is not of a loop.');
  return loop;
}

function loopOf({ net }: Draft, id: string): Loop {
  const element = net.element(id);
  if (!('loop' in element) || element.loop === undefined) throw new Error(`${id} does not repeat.`);
  return element.loop;
}
