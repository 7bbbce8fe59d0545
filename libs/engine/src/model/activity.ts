import type { ElementBase, ElementId } from '../model.js';
import type { Expression, Mapping } from './expression.js';
import type { FormField } from './form.js';
import type { Loop } from './loop.js';
import type { Binding, MessageReference, Work } from './work.js';

export interface ActivityBase extends ElementBase {
  /** Taken when no conditional flow is. */
  readonly defaultFlow?: string;
  /** Become local variables of the activity. */
  readonly inputs?: readonly Mapping[];
  /** When present, only what they name leaves the activity. */
  readonly outputs?: readonly Mapping[];
  readonly loop?: Loop;
  /** Undoes another activity: never on the normal way, only started by compensation. */
  readonly isForCompensation?: true;
  /** Tokens it takes to begin; default 1. */
  readonly startQuantity?: number;
  /** Tokens it puts on each flow it leaves by; default 1. */
  readonly completionQuantity?: number;
  /** Names of variables per input set: it begins once every one of some set has a value. */
  readonly inputSets?: readonly (readonly string[])[];
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
  /** Starts an instance by its message; no flow leads to it. */
  readonly instantiate?: true;
}

export interface CallActivityModel extends ActivityBase {
  readonly kind: 'callActivity';
  /** What it calls: another process, or (BPML) a callable sub-process of this one, which sees the caller's variables. */
  readonly called: CalledProcess | { readonly type: 'callable'; readonly elementId: ElementId };
  /** Start it and go on. */
  readonly detached?: true;
}

export interface CalledProcess {
  readonly type: 'process';
  readonly processId: Expression;
  readonly binding: Binding;
  /** Hand every visible variable to the child, before `inputs`. */
  readonly passAllVariables: boolean;
  /** Write every variable of the child's root scope here, before `outputs`. */
  readonly returnAllVariables: boolean;
  readonly businessKey?: Expression;
}

export interface SubProcessModel extends ActivityBase {
  readonly kind: 'subProcess';
  /** An event sub-process: waits for its start event while its parent is active. */
  readonly triggeredByEvent?: true;
  readonly transaction?: true;
  readonly adHoc?: AdHoc;
  /** Entered only by call activities (BPML's nested process). */
  readonly callable?: true;
  /** Signals that live in this scope (BPML's context). */
  readonly signals?: readonly string[];
  /** Variables of this scope alone; null until something is written. */
  readonly properties?: readonly string[];
}

/** Its activities are started by a person or a rule, in any order, any number of times. */
export interface AdHoc {
  readonly ordering: 'parallel' | 'sequential';
  /** Looked at after each completion; absent: it ends when nothing more is under way. */
  readonly completionCondition?: Expression;
  /** Does the condition end what is still under way? Default true. */
  readonly cancelRemaining: boolean;
  /** A list of ids to start at once. */
  readonly activeElements?: Expression;
}
