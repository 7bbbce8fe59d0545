import { definitionsOf } from '../expressions-of.js';
import type { ElementInstance, Instance } from '../instance.js';
import type { ElementId, ElementModel } from '../model.js';
import type { Element, Process } from '../process.js';
import { find } from '../table.js';
import type { Deed } from './action.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** Tasks whose completion concerns nobody else, each with all elements from which a token could come to it. */
export type Independent = ReadonlyMap<ElementId, ReadonlySet<ElementId>>;

/**
 * A deed that need not be tried in every order with the others: the completion of a task that nothing else can
 * touch, and that touches nothing else. It is explored alone; everything else is still possible after it.
 *
 * Why nothing is lost. Call the token at the task t, the deed d, and anything else that happens before d a way w.
 *
 * - d is all that can be done to t: the task has no events on its border, and no error is caught around it.
 * - Nothing in w sees whether t is at the task or already where d leads, and d sees nothing of w. d only goes over
 *   nodes with one way in to tasks or events with one way in (`isReached`), so what it touches is touched by tokens
 *   that were at the task before, and while d is not done no other can come there (`Independent`). Scopes
 *   around hold nothing that could react, joins that look at tokens far away cannot be reached from the task, and
 *   no signal is waited for where d leads. If w takes t away (a terminate end event, an error that nobody catches),
 *   it does so in both places.
 *
 * So after every way w, d leads to the same situation as w after d: {d} is a persistent set, with all outcomes of d
 * where it chooses. Therefore every stuck situation is still reached, and every other way is one of those that
 * are followed but for the order, with some such deeds added. These do not change what is crowded, what has been
 * visited, or whether an end can be reached; a step into a crowded place stays one, since where d itself would
 * crowd a place everything is followed.
 *
 * What is put off must be done some time: d is explored alone only if it leads to situations that are looked at
 * later than this one (`explore.ts`). Along such deeds the order of looking only grows, so there is no circle of them.
 * (A circle where every node has one way in could not be come into, so this is only to be safe if `isReached` grows.)
 *
 * Source: P. Godefroid, “Partial-Order Methods for the Verification of Concurrent Systems” (1996), chapter 4
 * (persistent sets); the condition on circles is A. Valmari's, “Stubborn Sets for Reduced State Space Generation” (1991).
 */
export function independentDeed({ independent }: World, { instance }: Situation, deeds: readonly Deed[]): Deed | undefined {
  if (independent.size === 0 || deeds.length < 2 || instance.incidents.length > 0 || instance.ready.length > 0) return undefined;
  // Something may start beside all tokens.
  if ([...instance.timers, ...instance.subscriptions].some(({ host }) => host === 0)) return undefined;
  return deeds.find((deed) => {
    if (deed.type !== 'complete') return false;
    const upstream = independent.get(deed.elementId);
    const own = instance.elements.filter(({ elementId }) => elementId === deed.elementId);
    const [token] = own;
    if (upstream === undefined || token === undefined || own.length > 1) return false;
    const around = scopesAround(instance, token);
    return instance.elements.every((one) => one === token || around.has(one.key) || !upstream.has(one.elementId));
  });
}

function scopesAround(instance: Instance, { scope }: ElementInstance): ReadonlySet<number> {
  const around = new Set<number>();
  for (let key = scope; key !== 0; key = find(instance.elements, key)?.scope ?? 0) around.add(key);
  return around;
}

/** @param codes error codes that something around an element catches */
export function independentIn(process: Process, codes: ReadonlyMap<ElementId, readonly string[]>): Independent {
  const inside = Map.groupBy(process.elements, ({ model }) => model.parent);
  const successors = (element: Element): readonly Element[] => [
    ...element.outgoing.map(({ target }) => target),
    ...element.boundaries,
    ...element.starts, // of a called part, too
    ...(element.linkTarget === undefined ? [] : [element.linkTarget]),
    ...(element.model.kind === 'subProcess' ? (inside.get(element.id) ?? []) : []),
  ];
  const isCalm = (parent: ElementId | undefined): boolean => {
    if ((inside.get(parent) ?? []).some(isEventSubProcess)) return false;
    const scope = parent === undefined ? undefined : process.byId.get(parent);
    return scope === undefined || (isPlainScope(scope) && isCalm(scope.model.parent));
  };
  const tasks = process.elements.filter(
    (element) =>
      element.model.kind === 'userTask' &&
      element.boundaries.length === 0 &&
      element.compensation === undefined &&
      isSimple(element) &&
      (codes.get(element.id) ?? []).length === 0 &&
      isCalm(element.model.parent) &&
      element.outgoing.length === 1 &&
      element.outgoing.every(({ target }) => isReached(target, element)) &&
      ![...closure([element], successors)].some((one) => process.joins.has(one)),
  );
  if (tasks.length === 0) return new Map();
  const before = new Map<Element, Element[]>();
  for (const from of process.elements) for (const to of successors(from)) before.set(to, [...(before.get(to) ?? []), from]);
  return new Map(tasks.map((task) => [task.id, new Set([...closure([task], (one) => before.get(one) ?? [])].map(({ id }) => id))]));
}

/** Does a token on the only way in here come to a rest, itself or as several, where no other can be? */
function isReached(element: Element, from: Element): boolean {
  const { model, incoming, outgoing } = element;
  if (element === from || incoming.length !== 1) return false;
  if (waits(model)) return isSimple(element) && element.boundaries.every(({ model: { event } }) => isQuiet(event));
  const isPassed =
    model.kind === 'exclusiveGateway' ||
    model.kind === 'parallelGateway' ||
    (model.kind === 'intermediateThrowEvent' && model.event.type === 'none');
  return isPassed && outgoing.length > 0 && outgoing.every(({ target }) => isReached(target, from));
}

function waits(model: ElementModel): boolean {
  return model.kind === 'userTask' || model.kind === 'receiveTask' || (model.kind === 'intermediateCatchEvent' && isQuiet(model.event));
}

/** Events that concern one token alone. Signals do not. */
function isQuiet(event: Parameters<typeof definitionsOf>[0]): boolean {
  return event.type === 'timer' || event.type === 'message' || event.type === 'error';
}

/** Neither repeated, nor for compensation, nor counting tokens. */
function isSimple({ model, loop, startQuantity, completionQuantity }: Element): boolean {
  const isUndoing = 'isForCompensation' in model && model.isForCompensation === true;
  const isInstantiating = model.kind === 'receiveTask' && model.instantiate === true;
  return loop === undefined && startQuantity === 1 && completionQuantity === 1 && !isUndoing && !isInstantiating;
}

/** A sub-process that nothing can interrupt, repeat, call or undo. */
function isPlainScope(element: Element): boolean {
  const { model } = element;
  if (model.kind !== 'subProcess' || element.boundaries.length > 0 || element.compensation !== undefined || !isSimple(element))
    return false;
  const { transaction, adHoc, callable, signals, triggeredByEvent } = model;
  return transaction !== true && adHoc === undefined && callable !== true && signals === undefined && triggeredByEvent !== true;
}

function isEventSubProcess({ model }: Element): boolean {
  return model.kind === 'subProcess' && model.triggeredByEvent === true;
}

function closure(from: readonly Element[], next: (element: Element) => readonly Element[]): ReadonlySet<Element> {
  const reached = new Set(from);
  for (const element of reached) for (const one of next(element)) reached.add(one);
  return reached;
}
