import type { LiveChange } from '@baton/contracts';
import type { Binding, Event, Instant, Variables } from '@baton/engine';
import type { InboxCommand } from '../instances/insert-command.js';
import type { JobPayload } from '../jobs/job-payload.js';

type UserTaskCreated = Extract<Event, { readonly type: 'userTaskCreated' }>;

/** A row of its tenant and, mostly, of one instance. */
export interface RowOf {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly id: string;
}

export interface NewJob extends RowOf {
  readonly kind: 'external' | 'connector' | 'timer' | 'message' | 'subscription';
  readonly type: string;
  readonly key: number | null;
  readonly definitionId: string | null;
  /** Absent: due at once. */
  readonly runAt?: Instant;
  readonly retries: number;
  readonly payload?: JobPayload;
}

export interface NewChild {
  readonly tenantId: string;
  readonly parentId: string;
  readonly callerDefinitionId: string;
  readonly key: number;
  readonly calledProcessId: string;
  readonly binding: Binding;
  readonly variables: Variables;
  readonly businessKey?: string;
  readonly callDepth: number;
  readonly startedBy: string | null;
}

/** A signal for everybody who waits for it. */
export interface ThrownSignal {
  readonly tenantId: string;
  /** Who threw it. */
  readonly instanceId: string;
  readonly signalName: string;
  readonly variables: Variables;
}

/** A row of a migrated instance: the element it belongs to now. */
export interface Place extends RowOf {
  readonly elementId: string;
  readonly definitionId: string;
  readonly processId: string;
}

/** Everything that the steps of one batch do to the rows around the instances: written with one statement a list. */
export class Changes {
  readonly jobs: NewJob[] = [];
  /** Jobs, timers and subscriptions whose wait is over. */
  readonly jobsGone: RowOf[] = [];
  /** Jobs whose answer a suspended instance keeps: not to be taken over meanwhile. */
  readonly jobsParked: RowOf[] = [];
  readonly timersMoved: (RowOf & { readonly runAt: Instant })[] = [];
  /** `retryAt` is the worker's wish; null leaves it to the back-off. */
  readonly jobsRetried: (RowOf & { readonly retriesLeft: number; readonly failedAt: Instant; readonly retryAt: Instant | null })[] = [];
  readonly tasks: (RowOf & {
    readonly definitionId: string;
    readonly elementId: string;
    readonly event: UserTaskCreated;
    readonly at: Instant;
  })[] = [];
  readonly tasksCompleted: (RowOf & { readonly at: Instant; readonly by: string | null })[] = [];
  /** Withdrawn by the process: only while nobody was told that their completion is accepted, or when this step has refused it. */
  readonly tasksCanceled: (RowOf & { readonly refused: boolean })[] = [];
  readonly incidents: (RowOf & {
    readonly key: number;
    readonly elementId: string;
    readonly code: string;
    readonly message: string;
    readonly at: Instant;
  })[] = [];
  readonly incidentsResolved: (RowOf & { readonly at: Instant })[] = [];
  readonly subscriptions: (RowOf & {
    readonly key: number;
    readonly definitionId: string;
    readonly processId: string;
    readonly elementId: string;
    readonly messageName: string;
    readonly correlationKey: string;
  })[] = [];
  /** Closed without their message: only while no message was matched with them, or when this step has refused it. */
  readonly subscriptionsClosed: (RowOf & { readonly refused: boolean })[] = [];
  readonly subscriptionsMet: RowOf[] = [];
  readonly signalSubscriptions: (RowOf & {
    readonly key: number;
    readonly definitionId: string;
    readonly processId: string;
    readonly elementId: string;
    readonly signalName: string;
  })[] = [];
  readonly signalSubscriptionsGone: RowOf[] = [];
  readonly signals: ThrownSignal[] = [];
  readonly messages: (RowOf & { readonly name: string; readonly correlationKey: string; readonly variables: Variables })[] = [];
  readonly children: NewChild[] = [];
  /** Call activities that ended early: what they started ends with them. */
  readonly childrenCanceled: { readonly tenantId: string; readonly parentId: string; readonly key: number }[] = [];
  readonly commands: { readonly tenantId: string; readonly instanceId: string; readonly command: InboxCommand }[] = [];
  /** Instances whose tasks nobody may complete from now on. */
  readonly suspended: { readonly tenantId: string; readonly instanceId: string }[] = [];
  /** Instances that belong to another definition now, and where what waits for them is in it. */
  readonly migrated: { readonly tenantId: string; readonly instanceId: string; readonly definitionId: string }[] = [];
  readonly places: Place[] = [];
  readonly live: { readonly tenantId: string; readonly change: LiveChange }[] = [];
}
