import type { ElementId, ElementModel, FlowModel } from '../model.js';
import { literal } from './abstraction.js';
import type { Sketch } from './sketch.js';

/** From a gateway, over at most one plain activity, to wherever that leads. */
interface Branch {
  readonly first: FlowModel;
  readonly activity?: ElementId;
  readonly last: FlowModel;
  readonly to: ElementId;
}

function branchFrom(sketch: Sketch, first: FlowModel): Branch {
  const step = sketch.step(first);
  return step === undefined ? { first, last: first, to: first.target } : { first, activity: step.id, last: step.out, to: step.out.target };
}

/** Exclusive: two branches that lead to the same place, which does not count its tokens, or to ends of their own, are one. */
export function mergeChoice(sketch: Sketch, element: ElementModel): boolean {
  if (element.kind !== 'exclusiveGateway') return false;
  const branches = sketch.outgoing(element.id).map((flow) => branchFrom(sketch, flow));
  for (const [index, one] of branches.entries()) {
    if (!isMerge(sketch, one.to) || one.to === element.id) continue;
    for (const other of branches.slice(index + 1)) {
      if (other.to !== one.to && !(isOwnEnd(sketch, one.to) && isOwnEnd(sketch, other.to))) continue;
      const isDefault = ({ first }: Branch) => first.id === element.defaultFlow;
      // A branch with an activity stands for one without; the default stays the default.
      const isOtherKept =
        (one.activity === undefined && other.activity !== undefined) ||
        (isDefault(other) && (other.activity !== undefined || one.activity === undefined));
      const [kept, gone] = isOtherKept ? [other, one] : [one, other];
      if (isDefault(gone) && branches.length > 2) continue;
      removeBranch(sketch, kept, gone);
      return true;
    }
  }
  return false;
}

/** Parallel and inclusive: all branches from a fork to its join, or each to an end event of its own, are one. */
export function mergeBlock(sketch: Sketch, element: ElementModel): boolean {
  if (element.kind !== 'parallelGateway' && element.kind !== 'inclusiveGateway') return false;
  const branches = sketch.outgoing(element.id).map((flow) => branchFrom(sketch, flow));
  const kept = branches.find(({ activity }) => activity !== undefined);
  if (branches.length < 2 || kept === undefined || sketch.isAdHoc(element)) return false;
  if (!isJoined(sketch, element, branches) && !branches.every(({ to }) => isOwnEnd(sketch, to))) return false;
  for (const gone of branches) if (gone !== kept) removeBranch(sketch, kept, gone);
  return true;
}

/** Event-based: whichever event comes, the token is where it would be with another; the gateway just waits. */
export function mergeFirst(sketch: Sketch, element: ElementModel): boolean {
  const { id } = element;
  if (element.kind !== 'eventBasedGateway' || element.instantiate === true || sketch.isAdHoc(element)) return false;
  const branches = sketch.outgoing(id).flatMap((first) => eventBranch(sketch, first) ?? []);
  const [kept, ...others] = branches;
  if (kept === undefined || branches.length < sketch.outgoing(id).length || !isMerge(sketch, kept.to)) return false;
  if (others.some(({ to }) => to !== kept.to)) return false;
  for (const { first, events, last } of branches) {
    for (const flow of sketch.flows.filter(({ source, target }) => events.includes(source) || events.includes(target))) {
      sketch.absorb(id, sketch.ridersOf(flow.id));
    }
    for (const event of events) sketch.absorb(id, sketch.membersOf(event));
    sketch.flows = sketch.flows.filter(
      (flow) => flow !== last && flow !== first && !(events.includes(flow.source) && events.includes(flow.target)),
    );
    for (const event of events) sketch.elements.delete(event);
  }
  const { name, parent } = element;
  const base = { id, ...(name === undefined ? {} : { name }), ...(parent === undefined ? {} : { parent }) };
  // If work is behind one of the events, that can fail.
  const canFail = branches.some(({ canFail: can }) => can);
  sketch.elements.set(id, canFail ? { ...base, kind: 'userTask' } : { ...base, kind: 'receiveTask', message: { name: literal(id) } });
  sketch.flows.push({ ...kept.last, source: id });
  return true;
}

function eventBranch(sketch: Sketch, first: FlowModel) {
  const event = sketch.get(first.target);
  const isEvent =
    event.kind === 'receiveTask'
      ? event.loop === undefined
      : event.kind === 'intermediateCatchEvent' && ['timer', 'message'].includes(event.event.type);
  const [out, ...others] = sketch.outgoing(event.id);
  if (!isEvent || out === undefined || others.length > 0 || sketch.incoming(event.id).length > 1 || sketch.boundaries(event.id).length > 0)
    return undefined;
  const { activity, last, to } = branchFrom(sketch, out);
  const canFail = activity !== undefined && sketch.get(activity).kind === 'userTask';
  return { first, events: activity === undefined ? [event.id] : [event.id, activity], last, to, canFail };
}

/** Does every token that comes here go on by itself? */
function isMerge(sketch: Sketch, id: ElementId): boolean {
  const element = sketch.get(id);
  if (element.kind === 'parallelGateway' || element.kind === 'inclusiveGateway' || element.kind === 'complexGateway') return false;
  return !('startQuantity' in element && (element.startQuantity ?? 1) > 1);
}

/** Do the branches, and nothing else, lead to one join that waits for all that were taken? */
function isJoined(sketch: Sketch, { kind }: ElementModel, branches: readonly Branch[]): boolean {
  const to = branches[0]!.to;
  const join = sketch.get(to).kind;
  if (join !== 'inclusiveGateway' && join !== kind) return false;
  // An inclusive join waits for tokens elsewhere that could come here over an event on some border (`mayFire`).
  if (join === 'inclusiveGateway' && sketch.isBehindBorder(branches[0]!.first.source)) return false;
  return branches.every((branch) => branch.to === to) && sketch.incoming(to).length === branches.length;
}

function isOwnEnd(sketch: Sketch, id: ElementId): boolean {
  const element = sketch.get(id);
  return element.kind === 'endEvent' && element.event.type === 'none' && sketch.incoming(id).length === 1;
}

function removeBranch(sketch: Sketch, kept: Branch, gone: Branch): void {
  const keeper = kept.activity;
  const lost = [...sketch.ridersOf(gone.first.id), ...sketch.ridersOf(gone.last.id), gone.first.id, gone.last.id];
  if (gone.to !== kept.to) {
    lost.push(gone.to);
    sketch.elements.delete(gone.to);
  }
  if (keeper === undefined) sketch.riders.set(kept.first.id, [...sketch.ridersOf(kept.first.id), ...lost]);
  else sketch.absorb(keeper, lost);
  sketch.removeWay(gone.first);
  if (gone.activity !== undefined) {
    sketch.replaceFlow(gone.last);
    sketch.unite(keeper!, gone.activity);
  }
}
