import type {
  CallActivityModel,
  PassThroughTaskModel,
  ReceiveTaskModel,
  SubProcessModel,
  UserTaskModel,
  WorkTaskModel,
} from './model/activity.js';
import type {
  BoundaryEventDefinition,
  CatchEventDefinition,
  EndEventDefinition,
  StartEventDefinition,
  ThrowEventDefinition,
} from './model/event-definition.js';
import type { Expression, Mapping } from './model/expression.js';
import type { FormField } from './model/form.js';

export type * from './model/activity.js';
export type * from './model/event-definition.js';
export type * from './model/expression.js';
export type * from './model/form.js';
export type * from './model/loop.js';
export type * from './model/work.js';

/** An id of the file an element came from. */
export type ElementId = string;

/** Milliseconds since 1970-01-01T00:00Z. The engine never reads a clock: instants arrive in commands. */
export type Instant = number;

/**
 * One process as every format is read into: plain JSON, flat, in document order.
 *
 * Order matters: outgoing flows are taken in the order they stand here (`docs/decisions/0004`).
 */
export interface ProcessModel {
  readonly id: string;
  readonly name?: string;
  readonly versionTag?: string;
  readonly documentation?: string;
  readonly executable: boolean;
  readonly elements: readonly ElementModel[];
  readonly flows: readonly FlowModel[];
}

/** A sequence flow. `parent` is the sub-process it lies in; absent at process level. */
export interface FlowModel {
  readonly id: string;
  readonly name?: string;
  readonly parent?: ElementId;
  readonly source: ElementId;
  readonly target: ElementId;
  readonly condition?: Expression;
}

export interface ElementBase {
  readonly id: ElementId;
  readonly name?: string;
  readonly documentation?: string;
  /** The sub-process this element lies in; absent at process level. */
  readonly parent?: ElementId;
}

export interface GatewayModel extends ElementBase {
  readonly kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway';
  readonly defaultFlow?: string;
}

export interface ComplexGatewayModel extends ElementBase {
  readonly kind: 'complexGateway';
  readonly defaultFlow?: string;
  /** Sees `activationCount`, the tokens that wait here, and the same count per incoming flow under the flow's id. */
  readonly activationCondition?: Expression;
}

export interface EventBasedGatewayModel extends ElementBase {
  readonly kind: 'eventBasedGateway';
  /** Its events start instances; no flow leads to it. */
  readonly instantiate?: true;
  /** With `instantiate`: the first event starts an instance, which then needs all the others. */
  readonly parallel?: true;
}

export interface StartEventModel extends ElementBase {
  readonly kind: 'startEvent';
  readonly event: StartEventDefinition;
  /** Of an event sub-process: does it end what else is under way in its scope? Default true. */
  readonly interrupting?: boolean;
  readonly formKey?: string;
  readonly formFields?: readonly FormField[];
  /** The variable that takes the name of whoever started the instance. */
  readonly initiatorVariable?: string;
  readonly outputs?: readonly Mapping[];
}

export interface EndEventModel extends ElementBase {
  readonly kind: 'endEvent';
  readonly event: EndEventDefinition;
  readonly inputs?: readonly Mapping[];
}

export interface CatchEventModel extends ElementBase {
  readonly kind: 'intermediateCatchEvent';
  readonly event: CatchEventDefinition;
  readonly outputs?: readonly Mapping[];
}

export interface ThrowEventModel extends ElementBase {
  readonly kind: 'intermediateThrowEvent';
  readonly event: ThrowEventDefinition;
  readonly inputs?: readonly Mapping[];
}

export interface BoundaryEventModel extends ElementBase {
  readonly kind: 'boundaryEvent';
  readonly attachedTo: ElementId;
  /** Does it end the activity? Errors and cancels always do. */
  readonly interrupting: boolean;
  readonly event: BoundaryEventDefinition;
  readonly outputs?: readonly Mapping[];
}

export type ElementModel =
  | StartEventModel
  | EndEventModel
  | CatchEventModel
  | ThrowEventModel
  | BoundaryEventModel
  | UserTaskModel
  | WorkTaskModel
  | PassThroughTaskModel
  | ReceiveTaskModel
  | CallActivityModel
  | SubProcessModel
  | GatewayModel
  | ComplexGatewayModel
  | EventBasedGatewayModel;

export type ElementKind = ElementModel['kind'];
