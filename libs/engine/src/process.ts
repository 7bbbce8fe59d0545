import type { Behavior } from './behavior.js';
import type { Reachability } from './gateways/reachability.js';
import type { BoundaryEventModel, ElementId, ElementModel, Expression, FlowModel, Loop, Mapping, ProcessModel } from './model.js';
import type { CompiledExpression, DecisionPort } from './ports.js';
import type { Arrival } from './scene.js';

/** A model made ready to run: validated, linked and with every expression compiled. Shared by all its instances. */
export interface Process {
  readonly id: string;
  readonly model: ProcessModel;
  readonly elements: readonly Element[];
  readonly byId: ReadonlyMap<ElementId, Element>;
  /** Where a plain start begins: the none start events, or, without any start event, what no flow leads to. */
  readonly starts: readonly Element[];
  /** Armed as long as the instance is active. */
  readonly eventSubProcesses: readonly Element[];
  /** Keyed by the expression object of the model, so that behaviors read the model as it was written. */
  readonly expressions: ReadonlyMap<Expression, CompiledExpression>;
  readonly decisions?: DecisionPort;
  /** Job types whose tasks are passed without a job. */
  readonly instantJobs?: ReadonlySet<string>;
  /** Does anything wait for variables: conditional events, input sets? */
  readonly watchesVariables: boolean;
  /** Inclusive and complex joins, in document order, with what can still reach them. */
  readonly joins: ReadonlyMap<Element, Reachability>;
}

/** An element with its surroundings. */
export interface Element<M extends ElementModel = ElementModel> {
  readonly id: ElementId;
  readonly model: M;
  /** What one visit does. */
  readonly behavior: Behavior<M>;
  /** What an arriving token meets: the loop around the behavior, where there is one. */
  readonly entry: Behavior<M>;
  /** Does a token go straight through, with nothing to evaluate, arm or wait for? */
  readonly passes: boolean;
  /** Does it ask for something before it begins: several tokens, an input set? */
  readonly isGated: boolean;
  /** In document order, as are all lists here. */
  readonly incoming: readonly Flow[];
  readonly outgoing: readonly Flow[];
  /** Is there a choice on the way out? */
  readonly hasConditions: boolean;
  readonly boundaries: readonly Element<BoundaryEventModel>[];
  /** Of a sub-process (or a call of a callable one): where its inside begins. */
  readonly starts: readonly Element[];
  /** Of a sub-process: armed as long as it is active. */
  readonly eventSubProcesses: readonly Element[];
  readonly inputs?: readonly Mapping[];
  readonly outputs?: readonly Mapping[];
  readonly loop?: Loop;
  /** Tokens it takes to begin, and puts on each flow when it ends. */
  readonly startQuantity: number;
  readonly completionQuantity: number;
  /** Can it be undone, and by what? An activity, or itself by its compensation event sub-process. */
  readonly compensation?: Element;
  /** Of a link throw event: where it goes on. */
  readonly linkTarget?: Element;
}

export interface Flow {
  readonly id: string;
  readonly model: FlowModel;
  readonly source: Element;
  readonly target: Element;
  readonly isDefault: boolean;
  /** How a token that takes it comes to its target; made once. */
  readonly arrival: Arrival;
}
