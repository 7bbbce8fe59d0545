import type { ElementModel, FlowModel, GatewayModel, ProcessModel } from '@baton/engine';

/** A process with one mistake in it, as a person could make it. */
export interface Mutant {
  readonly operator: OperatorName;
  /** The element or flow that was touched. */
  readonly target: string;
  readonly model: ProcessModel;
}

type Mutated = { readonly target: string; readonly model: ProcessModel };
type Operator = (model: ProcessModel) => readonly Mutated[];

const OPERATORS = { dropJoin, swapGateway, cutFlow, addFlow, changeDefault, dropDefault, dropEnd } satisfies Record<string, Operator>;

export type OperatorName = keyof typeof OPERATORS;
export const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly OperatorName[];

/** Every mutant that one use of one operator makes. A mutant may well be as sound as the original: `judge` tells. */
export function mutants(model: ProcessModel, operators: readonly OperatorName[] = OPERATOR_NAMES): readonly Mutant[] {
  return operators.flatMap((operator) => OPERATORS[operator](model).map((mutated) => ({ operator, ...mutated })));
}

/** Leave out a gateway that joins: what led to it leads where it led. */
function dropJoin(model: ProcessModel): readonly Mutated[] {
  return gateways(model).flatMap(({ id }) => {
    const [out, ...others] = model.flows.filter(({ source }) => source === id);
    const incoming = model.flows.filter(({ target }) => target === id);
    if (out === undefined || others.length > 0 || incoming.length < 2) return [];
    const flows = model.flows.flatMap((flow) => {
      if (flow === out) return [];
      return flow.target === id ? [{ ...flow, target: out.target }] : [flow];
    });
    return [{ target: id, model: { ...model, elements: model.elements.filter((element) => element.id !== id), flows } }];
  });
}

const OTHERS: Readonly<Record<GatewayModel['kind'], readonly GatewayModel['kind'][]>> = {
  exclusiveGateway: ['parallelGateway', 'inclusiveGateway'],
  parallelGateway: ['exclusiveGateway', 'inclusiveGateway'],
  inclusiveGateway: ['exclusiveGateway', 'parallelGateway'],
};

/** One kind of gateway where another was meant. */
function swapGateway(model: ProcessModel): readonly Mutated[] {
  return gateways(model).flatMap((gateway) =>
    OTHERS[gateway.kind].map((kind) => ({ target: gateway.id, model: replaced(model, { ...gateway, kind }) })),
  );
}

function cutFlow(model: ProcessModel): readonly Mutated[] {
  return model.flows.map(({ id }) => ({ target: id, model: { ...model, flows: model.flows.filter((flow) => flow.id !== id) } }));
}

/** A flow from a gateway to another gateway, or to a task, of the same scope. */
function addFlow(model: ProcessModel): readonly Mutated[] {
  const targets = model.elements.filter((element) => isGateway(element) || element.kind === 'userTask');
  return gateways(model).flatMap((source) =>
    targets
      .filter(({ id, parent }) => id !== source.id && parent === source.parent)
      .map((target) => ({
        target: `${source.id} to ${target.id}`,
        model: { ...model, flows: [...model.flows, flowBetween(source, target)] },
      })),
  );
}

function flowBetween(source: GatewayModel, target: ElementModel): FlowModel {
  return {
    id: `added-${source.id}-${target.id}`,
    source: source.id,
    target: target.id,
    ...(source.parent === undefined ? {} : { parent: source.parent }),
    ...(source.kind === 'parallelGateway' ? {} : { condition: { language: 'feel', text: 'n > 1' } }),
  };
}

/** The default is another flow than before; the old one becomes unconditional. */
function changeDefault(model: ProcessModel): readonly Mutated[] {
  return gateways(model).flatMap((gateway) => {
    if (gateway.defaultFlow === undefined) return [];
    const others = model.flows.filter(({ source, id }) => source === gateway.id && id !== gateway.defaultFlow);
    return others.map(({ id }) => ({ target: id, model: replaced(model, { ...gateway, defaultFlow: id }) }));
  });
}

function dropDefault(model: ProcessModel): readonly Mutated[] {
  return gateways(model).flatMap(({ defaultFlow, ...gateway }) =>
    defaultFlow === undefined ? [] : [{ target: gateway.id, model: replaced(model, gateway) }],
  );
}

/** Leave out an end event, and the flows to it. */
function dropEnd(model: ProcessModel): readonly Mutated[] {
  const ends = model.elements.filter(({ kind }) => kind === 'endEvent');
  return ends.map(({ id }) => ({
    target: id,
    model: {
      ...model,
      elements: model.elements.filter((element) => element.id !== id),
      flows: model.flows.filter(({ target }) => target !== id),
    },
  }));
}

function gateways({ elements }: ProcessModel): readonly GatewayModel[] {
  return elements.filter(isGateway);
}

function isGateway(element: ElementModel): element is GatewayModel {
  return element.kind === 'exclusiveGateway' || element.kind === 'parallelGateway' || element.kind === 'inclusiveGateway';
}

function replaced(model: ProcessModel, element: ElementModel): ProcessModel {
  return { ...model, elements: model.elements.map((each) => (each.id === element.id ? element : each)) };
}
