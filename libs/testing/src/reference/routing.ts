import type { FlowModel } from '@baton/engine';
import type { Draft } from './draft.js';
import { isTrue, Stuck } from './expression.js';

/**
 * The flows a token leaves an element by.
 *
 * @param from  the scope its conditions are read in
 * @throws Stuck `no-outgoing-flow`, or what a condition fails with
 */
export function flowsTaken(draft: Draft, elementId: string, from: number): readonly FlowModel[] {
  const { net } = draft;
  const element = net.element(elementId);
  const flows = net.outgoing(elementId);
  const defaultFlow = 'defaultFlow' in element ? element.defaultFlow : undefined;
  if (element.kind === 'exclusiveGateway') return one(draft, flows, defaultFlow, from);
  if (element.kind === 'parallelGateway' || flows.length === 0) return flows;
  return some(draft, flows, defaultFlow, from);
}

/** Exclusive: the first whose condition is true, else the default. Source: BPMN 2.0.2, 13.4.2. */
function one(draft: Draft, flows: readonly FlowModel[], defaultFlow: string | undefined, from: number): readonly FlowModel[] {
  if (draft.oracle !== undefined && flows.length > 0) {
    const chosen = flows[draft.oracle(flows.length)];
    return chosen === undefined ? [] : [chosen];
  }
  const others = flows.filter(({ id }) => id !== defaultFlow);
  const chosen = others.find((flow) => isOpen(draft, flow, from)) ?? flows.find(({ id }) => id === defaultFlow);
  if (flows.length === 0) return [];
  if (chosen === undefined) throw new Stuck('no-outgoing-flow');
  return [chosen];
}

/**
 * Inclusive gateways, activities and events: every flow without a condition, every one whose condition is true, and the
 * default if no condition is. Source: BPMN 2.0.2, 13.3.1 and 13.4.3.
 */
function some(draft: Draft, flows: readonly FlowModel[], defaultFlow: string | undefined, from: number): readonly FlowModel[] {
  const conditional = flows.filter(({ id, condition }) => id !== defaultFlow && condition !== undefined);
  const open =
    draft.oracle === undefined
      ? conditional.filter((flow) => isOpen(draft, flow, from))
      : anySubset(conditional, draft.oracle, flows.length === conditional.length);
  const taken = flows.filter((flow) => (flow.id === defaultFlow ? open.length === 0 : flow.condition === undefined || open.includes(flow)));
  if (taken.length === 0) throw new Stuck('no-outgoing-flow');
  return taken;
}

function isOpen(draft: Draft, { condition }: FlowModel, from: number): boolean {
  return condition === undefined || isTrue(condition.text, (name) => draft.read(from, name));
}

function anySubset<T>(items: readonly T[], oracle: Oracle, neverEmpty: boolean): readonly T[] {
  if (items.length === 0) return [];
  const bits = neverEmpty ? oracle(2 ** items.length - 1) + 1 : oracle(2 ** items.length);
  return items.filter((_, index) => (bits >> index) % 2 === 1);
}

type Oracle = NonNullable<Draft['oracle']>;
