import type { ElementModel, ProcessModel } from '../model.js';
import { mergeBlock, mergeChoice, mergeFirst } from './reduce-blocks.js';
import { enclose, loopAway, unroll } from './reduce-loops.js';
import { Sketch } from './sketch.js';

/** A smaller model that is sound exactly if the other is. */
export interface Reduced {
  readonly model: ProcessModel;
  /** What an element of it stands for, by its id; absent for those that stand for themselves. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** What was taken out of a flow, by its id. */
  readonly riders: ReadonlyMap<string, readonly string[]>;
  /** How to get through what was taken out. */
  readonly preferred: ReadonlyMap<string, boolean>;
}

const RULES = [passThrough, sequence, mergeChoice, mergeBlock, mergeFirst, loopAway, unroll, enclose];

/**
 * Replace every part that is sound by itself, has one way in and one way out, and nothing on its border, by one
 * activity that takes time.
 *
 * Why verdicts stay the same: such a part takes one token and, however it goes on, gives back one token
 * later, which is all that one activity does. From outside nothing can look into it: joins outside see only whether
 * a token is in it (from every place in it the same flows outside can be reached), what ends the scope around
 * ends all of it, and an error thrown in it goes the same way out from anywhere in it. So between the markings of
 * the two models, with all markings inside the part taken as one, there is a step for every step; deadlock,
 * livelock and places with two tokens outside show in both or in none. Inside nothing can go wrong as long as one
 * token is in it; two show as two tokens at the activity. Everything inside is reached if the part is.
 *
 * A part that can also be passed without waiting is taken to wait: that adds orders in which things happen, but
 * only such as slower work in another choice would bring about, too.
 *
 * Source: T. Murata, “Petri Nets: Properties, Analysis and Applications” (1989), section V (fusion of series
 * and parallel places and transitions keeps liveness, safeness and boundedness).
 */
export function reduce(model: ProcessModel): Reduced {
  const sketch = new Sketch(model);
  while (reduceOnce(sketch));
  const { members, riders, preferred } = sketch;
  return { model: sketch.build(), members, riders, preferred };
}

/** Go through all elements and rules once. @returns whether something became smaller */
function reduceOnce(sketch: Sketch): boolean {
  let isSmaller = false;
  for (const id of sketch.elements.keys()) {
    for (const rule of RULES) {
      const element = sketch.elements.get(id);
      if (element !== undefined && rule(sketch, element)) isSmaller = true;
    }
  }
  return isSmaller;
}

/** A gateway or event with one way in and one way out that a token only passes: take it out. */
function passThrough(sketch: Sketch, element: ElementModel): boolean {
  const isPassed =
    element.kind === 'exclusiveGateway' ||
    element.kind === 'parallelGateway' ||
    element.kind === 'inclusiveGateway' ||
    (element.kind === 'intermediateThrowEvent' && element.event.type === 'none');
  const [into, out] = [sketch.incoming(element.id), sketch.outgoing(element.id)];
  if (!isPassed || sketch.isAdHoc(element) || into.length !== 1 || out.length !== 1) return false;
  const [[first], [second]] = [into, out];
  if (first === undefined || second === undefined || second.condition !== undefined || second.target === element.id) return false;
  sketch.riders.set(first.id, [...sketch.ridersOf(first.id), element.id, second.id, ...sketch.ridersOf(second.id)]);
  sketch.replaceFlow(second);
  sketch.replaceFlow(first, { ...first, target: second.target });
  sketch.elements.delete(element.id);
  return true;
}

/** One plain activity after another is one. */
function sequence(sketch: Sketch, { id }: ElementModel): boolean {
  if (!sketch.isPlain(id)) return false;
  const [flow] = sketch.outgoing(id);
  const then = flow === undefined ? undefined : sketch.step(flow);
  if (flow === undefined || then === undefined || then.id === id) return false;
  sketch.replaceFlow(flow);
  sketch.replaceFlow(then.out, { ...then.out, source: id });
  sketch.absorb(id, sketch.ridersOf(flow.id));
  sketch.unite(id, then.id);
  return true;
}
