/** An id of the file an element came from. */
export type ElementId = string;

/** Milliseconds since 1970-01-01T00:00Z. The engine never reads a clock: instants arrive in commands. */
export type Instant = number;

/**
 * Text in some language. The engine knows no language: `compile` hands every expression to a port.
 *
 * `literal` stands for itself. Formats translate their dialects into one of these names at import.
 */
export interface Expression {
  readonly language: 'literal' | 'feel' | 'juel' | 'javascript';
  readonly text: string;
}

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

interface ElementBase {
  readonly id: ElementId;
  readonly name?: string;
  readonly documentation?: string;
  /** The sub-process this element lies in; absent at process level. */
  readonly parent?: ElementId;
}

/** Copies one value between scopes: `source` is read outside-in or inside-out, `target` is written. */
export interface Mapping {
  readonly source: Expression;
  readonly target: string;
}

interface ActivityBase extends ElementBase {
  /** Taken when no conditional flow is. */
  readonly defaultFlow?: string;
  /** Become local variables of the activity. */
  readonly inputs?: readonly Mapping[];
  /** When present, only what they name leaves the activity. */
  readonly outputs?: readonly Mapping[];
}

/** Which version of a called process or decision is meant. */
export type Binding =
  | { readonly type: 'latest' }
  | { readonly type: 'deployment' }
  | { readonly type: 'version'; readonly version: number }
  | { readonly type: 'versionTag'; readonly versionTag: string };

/** How an automatic activity gets done. */
export type Work =
  | JobWork
  | ExpressionWork
  | DecisionWork
  /** Sends a message by name; the activity completes at once. */
  | { readonly kind: 'message'; readonly message: MessageReference; readonly variables?: readonly Mapping[] };

/** A worker outside the engine does it: built in (`noop`, `log`) or external. */
export interface JobWork {
  readonly kind: 'job';
  readonly jobType: Expression;
  /** Attempts in all, as text of a whole number; default 3. */
  readonly retries?: Expression;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the whole result goes; without it, each result variable is written by its name. */
  readonly resultVariable?: string;
}

/** Evaluated inside the step. Without `resultVariable`, the entries of a context result become variables. */
export interface ExpressionWork {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly resultVariable?: string;
}

/** A decision evaluated inside the step. */
export interface DecisionWork {
  readonly kind: 'decision';
  readonly decisionId: Expression;
  readonly binding: Binding;
  readonly resultVariable?: string;
  /** `value` is the DMN value; the others are Camunda 7's views of the matched rows. */
  readonly mapResult: 'value' | 'singleEntry' | 'singleResult' | 'collectEntries' | 'resultList';
}

export interface MessageReference {
  readonly name: Expression;
  /** Evaluated where the message is awaited or sent; absent: matched by name alone. */
  readonly correlationKey?: Expression;
}

/** ISO 8601 text: an instant, a duration, or a repeating interval such as `R3/PT10M`. */
export interface TimerModel {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly expression: Expression;
}

/** A field the file itself lists for a form. Not the engine's concern: forms are made from it. */
export interface FormField {
  /** The variable. */
  readonly id: string;
  readonly label?: string;
  /** As the file writes it: `string`, `long`, `double`, `boolean`, `date`, `enum` … */
  readonly type: string;
  readonly defaultValue?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  /** In JSON Schema's words. */
  readonly constraints?: {
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
  };
  readonly values?: readonly { readonly id: string; readonly label: string }[];
}

export interface UserTaskModel extends ActivityBase {
  readonly kind: 'userTask';
  readonly assignee?: Expression;
  /** Evaluates to a list of names, or to one text with commas. */
  readonly candidateUsers?: Expression;
  readonly candidateGroups?: Expression;
  readonly dueAt?: Expression;
  readonly followUpAt?: Expression;
  /** 0–100, default 50. */
  readonly priority?: Expression;
  readonly formKey?: string;
  readonly formFields?: readonly FormField[];
  /** The variable that takes the assignee's name when the task is assigned (a mapped vendor listener). */
  readonly assigneeVariable?: string;
}

export interface WorkTaskModel extends ActivityBase {
  readonly kind: 'serviceTask' | 'scriptTask' | 'businessRuleTask' | 'sendTask';
  readonly work: Work;
}

export interface PassThroughTaskModel extends ActivityBase {
  readonly kind: 'task' | 'manualTask';
}

export interface ReceiveTaskModel extends ActivityBase {
  readonly kind: 'receiveTask';
  readonly message: MessageReference;
}

export interface CallActivityModel extends ActivityBase {
  readonly kind: 'callActivity';
  readonly calledProcessId: Expression;
  readonly binding: Binding;
  /** Hand every visible variable to the child, before `inputs`. */
  readonly passAllVariables: boolean;
  /** Write every variable of the child's root scope here, before `outputs`. */
  readonly returnAllVariables: boolean;
  readonly businessKey?: Expression;
}

export interface SubProcessModel extends ActivityBase {
  readonly kind: 'subProcess';
}

export interface GatewayModel extends ElementBase {
  readonly kind: 'exclusiveGateway' | 'parallelGateway';
  readonly defaultFlow?: string;
}

export interface StartEventModel extends ElementBase {
  readonly kind: 'startEvent';
  readonly event: { readonly type: 'none' } | MessageEvent | TimerEvent;
  readonly formKey?: string;
  readonly formFields?: readonly FormField[];
  /** The variable that takes the name of whoever started the instance. */
  readonly initiatorVariable?: string;
  readonly outputs?: readonly Mapping[];
}

export interface EndEventModel extends ElementBase {
  readonly kind: 'endEvent';
  readonly event: { readonly type: 'none' } | ErrorEvent | { readonly type: 'terminate' };
}

export interface CatchEventModel extends ElementBase {
  readonly kind: 'intermediateCatchEvent';
  readonly event: MessageEvent | TimerEvent;
  readonly outputs?: readonly Mapping[];
}

export interface ThrowEventModel extends ElementBase {
  readonly kind: 'intermediateThrowEvent';
  readonly event: { readonly type: 'none' };
}

export interface BoundaryEventModel extends ElementBase {
  readonly kind: 'boundaryEvent';
  readonly attachedTo: ElementId;
  /** Does it end the activity? Errors always do. */
  readonly interrupting: boolean;
  readonly event: TimerEvent | ErrorEvent;
  readonly outputs?: readonly Mapping[];
}

export interface MessageEvent {
  readonly type: 'message';
  readonly message: MessageReference;
}

export interface TimerEvent {
  readonly type: 'timer';
  readonly timer: TimerModel;
}

export interface ErrorEvent {
  readonly type: 'error';
  /** Absent on a boundary event: catches every error. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Boundary only: variables that take the caught code and message. */
  readonly codeVariable?: string;
  readonly messageVariable?: string;
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
  | GatewayModel;

export type ElementKind = ElementModel['kind'];
