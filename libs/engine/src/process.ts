import type { Behavior } from './behavior.js';
import type { BoundaryEventModel, ElementId, ElementModel, Expression, FlowModel, Mapping, ProcessModel } from './model.js';
import type { CompiledExpression, DecisionPort } from './ports.js';

/** A model made ready to run: validated, linked and with every expression compiled. Shared by all its instances. */
export interface Process {
  readonly id: string;
  readonly model: ProcessModel;
  readonly elements: readonly Element[];
  readonly byId: ReadonlyMap<ElementId, Element>;
  /** Where a plain start begins: the none start events, or, without any start event, what no flow leads to. */
  readonly starts: readonly Element[];
  /** Keyed by the expression object of the model, so that behaviors read the model as it was written. */
  readonly expressions: ReadonlyMap<Expression, CompiledExpression>;
  readonly decisions?: DecisionPort;
}

/** An element with its surroundings. */
export interface Element<M extends ElementModel = ElementModel> {
  readonly id: ElementId;
  readonly model: M;
  readonly behavior: Behavior<M>;
  /** In document order, as are all lists here. */
  readonly incoming: readonly Flow[];
  readonly outgoing: readonly Flow[];
  /** Is there a choice on the way out? */
  readonly hasConditions: boolean;
  readonly boundaries: readonly Element<BoundaryEventModel>[];
  /** Of a sub-process: where its inside begins. */
  readonly starts: readonly Element[];
  readonly inputs?: readonly Mapping[];
  readonly outputs?: readonly Mapping[];
}

export interface Flow {
  readonly id: string;
  readonly model: FlowModel;
  readonly source: Element;
  readonly target: Element;
  readonly isDefault: boolean;
}
