import type { ElementModel, FlowModel, Loop } from '../model.js';
import { literal } from './abstraction.js';
import type { Sketch } from './sketch.js';

/** A loop of two exclusive gateways with plain activities on the way there, on the way back, or on both: once will do. */
export function loopAway(sketch: Sketch, element: ElementModel): boolean {
  if (element.kind !== 'exclusiveGateway' || sketch.incoming(element.id).length < 2 || sketch.isAdHoc(element)) return false;
  const [ahead, ...others] = sketch.outgoing(element.id);
  if (ahead === undefined || others.length > 0) return false;
  const body = sketch.step(ahead);
  const into = body?.out ?? ahead;
  const split = sketch.get(into.target);
  if (split.kind !== 'exclusiveGateway' || split === element || sketch.incoming(split.id).length > 1) return false;
  const ways = sketch.outgoing(split.id);
  const back = ways.find((flow) => (sketch.step(flow)?.out ?? flow).target === element.id);
  if (back === undefined || ways.length < 2) return false;
  goOnce(sketch, ahead, body?.id, back);
  return true;
}

function goOnce(sketch: Sketch, ahead: FlowModel, body: string | undefined, back: FlowModel): void {
  const again = sketch.step(back);
  const lost = [back.id, ...sketch.ridersOf(back.id), ...(again === undefined ? [] : [again.out.id, ...sketch.ridersOf(again.out.id)])];
  sketch.removeWay(back);
  if (again === undefined) {
    if (body !== undefined) sketch.absorb(body, lost);
    else sketch.riders.set(ahead.id, [...sketch.ridersOf(ahead.id), ...lost]);
  } else if (body === undefined) {
    // It is only done on the way back; done once before the choice, it waits in the same circle.
    sketch.absorb(again.id, lost);
    sketch.replaceFlow(again.out, { ...again.out, target: ahead.target });
    sketch.replaceFlow(ahead, { ...ahead, target: again.id });
  } else {
    sketch.replaceFlow(again.out);
    sketch.absorb(body, lost);
    sketch.unite(body, again.id);
  }
}

/** A plain activity done several times just takes longer, if it is done at all and can end. */
export function unroll(sketch: Sketch, element: ElementModel): boolean {
  if ((element.kind !== 'userTask' && element.kind !== 'receiveTask') || element.loop === undefined) return false;
  const { loop, ...rest } = element;
  if (element.isForCompensation === true) return false;
  if (loop.kind === 'standard' ? loop.condition === undefined : isNever(loop) || loop.behavior !== undefined) return false;
  sketch.preferred.set(`loop:${element.id}`, false);
  sketch.preferred.set(`completion:${element.id}`, true);
  sketch.absorb(element.id, []);
  sketch.elements.set(element.id, rest as ElementModel);
  return true;
}

/** A sub-process with one plain activity between its start and its end is one. */
export function enclose(sketch: Sketch, element: ElementModel): boolean {
  if (element.kind !== 'subProcess' || element.triggeredByEvent === true || element.transaction === true) return false;
  if (element.adHoc !== undefined || element.callable === true || element.signals !== undefined) return false;
  if (element.loop !== undefined && isNever(element.loop)) return false;
  // A worker's escalation is caught on the activity itself only; what cancels or undoes needs the inside.
  if (sketch.boundaries(element.id).some(({ event: { type } }) => !['timer', 'message', 'signal', 'error'].includes(type))) return false;
  const inside = sketch.inside(element.id);
  const start = inside.find(({ kind }) => kind === 'startEvent');
  const end = inside.find((one) => one.kind === 'endEvent' && one.event.type === 'none');
  if (inside.length !== 3 || start === undefined || end === undefined) return false;
  const [first, ...others] = sketch.outgoing(start.id);
  const work = first === undefined || others.length > 0 ? undefined : sketch.step(first);
  if (first === undefined || work === undefined || work.out.target !== end.id) return false;

  const { kind: _, ...base } = element;
  const own =
    sketch.get(work.id).kind === 'userTask'
      ? ({ kind: 'userTask' } as const)
      : ({ kind: 'receiveTask', message: { name: literal(element.id) } } as const);
  const lost = [start.id, end.id, first.id, work.out.id, ...sketch.ridersOf(first.id), ...sketch.ridersOf(work.out.id)];
  sketch.absorb(element.id, [...sketch.membersOf(work.id), ...lost]);
  sketch.elements.set(element.id, { ...base, ...own });
  for (const { id } of inside) sketch.elements.delete(id);
  sketch.replaceFlow(first);
  sketch.replaceFlow(work.out);
  return true;
}

/** Is what is repeated never done, not even once? */
function isNever(loop: Loop): boolean {
  return loop.kind === 'multiInstance' && loop.cardinality?.text === '0';
}
