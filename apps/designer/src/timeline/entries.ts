import type { Event, FlowReason, Key, Variables } from '@baton/engine';
import type { Frame } from '../time-travel/frames.js';
import { shortTime } from '../ui/instants.js';
import { valueText } from '../ui/value-text.js';
import type { Names } from './names.js';
import { tellFurther } from './tell-more.js';

export type Tone = 'start' | 'person' | 'work' | 'choice' | 'data' | 'wait' | 'trouble' | 'end';

/** One line of the timeline: what happened, in words, and why. */
export interface Entry {
  readonly sequence: number;
  readonly at: number;
  readonly tone: Tone;
  readonly title: string;
  /** Reasons and values, one sentence each. */
  readonly details: readonly string[];
  readonly elementId?: string | undefined;
}

/** An entry before it has its place. */
export type Told = Pick<Entry, 'tone' | 'title'> & { readonly details?: readonly string[]; readonly elementId?: string | undefined };

/** What an event tells besides itself: which element its key stands for, and which keys are jobs. */
interface Memory {
  readonly elementOf: Map<Key, string>;
  readonly timerOf: Map<Key, string>;
  readonly subscriptionOf: Map<Key, string>;
  readonly incidentOf: Map<Key, string>;
  readonly jobs: Set<Key>;
}

/** The history in sentences, oldest first. Bookkeeping events have none. */
export function entriesOf(frames: readonly Frame[], names: Names): readonly Entry[] {
  const memory: Memory = { elementOf: new Map(), timerOf: new Map(), subscriptionOf: new Map(), incidentOf: new Map(), jobs: new Set() };
  return frames.flatMap(({ event, sequence, at }): Entry[] => {
    remember(event, memory);
    const told = tell(event, names, memory);
    return told ? [{ sequence, at, details: [], ...told }] : [];
  });
}

function remember(event: Event, { elementOf, timerOf, subscriptionOf, incidentOf, jobs }: Memory): void {
  switch (event.type) {
    case 'elementActivated':
    case 'elementPassed':
      return void elementOf.set(event.key, event.elementId);
    case 'jobCreated':
      return void jobs.add(event.key);
    case 'timerScheduled':
      return void timerOf.set(event.timer, event.elementId);
    case 'messageSubscriptionOpened':
    case 'signalSubscriptionOpened':
    case 'conditionArmed':
      return void subscriptionOf.set(event.subscription, event.elementId);
    case 'incidentCreated':
      return void incidentOf.set(event.incident, event.elementId);
  }
}

function tell(event: Event, names: Names, memory: Memory): Told | undefined {
  const named = (elementId: string | undefined) => `“${names.element(elementId ?? '?')}”`;
  const of = (key: Key) => memory.elementOf.get(key);
  switch (event.type) {
    case 'instanceStarted':
      return {
        tone: 'start',
        title: event.parent ? 'Called by another process' : event.by ? `Started by ${event.by}` : 'Started',
        details: values(event.variables),
        elementId: event.startElementId,
      };
    case 'elementActivated':
    case 'elementPassed':
      return arrived(event.elementId, names);
    case 'elementCompleted':
      return memory.jobs.has(event.key)
        ? { tone: 'work', title: `${named(event.elementId)} was done`, elementId: event.elementId }
        : undefined;
    case 'elementTerminated':
      return { tone: 'work', title: `${named(event.elementId)} was stopped`, elementId: event.elementId };
    case 'routeChosen':
      return chosen(event.elementId, event.taken, event.reasons, names);
    case 'decisionEvaluated':
      return {
        tone: 'choice',
        title: `${named(event.elementId)} decided ${valueText(event.value)}`,
        details: event.matches.map(({ decisionName, decisionId, inputs, ruleIds, value }) => {
          const rules =
            ruleIds.length === 0 ? 'no rule matched' : `${ruleIds.length === 1 ? 'rule' : 'rules'} ${ruleIds.join(', ')} matched`;
          return `Decision “${decisionName ?? decisionId}”: ${rules}${given(inputs)}, giving ${valueText(value)}.`;
        }),
        elementId: event.elementId,
      };
    case 'variablesSet':
      return { ...set(event), elementId: of(event.scope) };
    case 'jobCreated':
      return {
        tone: 'wait',
        title: `${named(event.elementId)} waits for a worker`,
        details: [`Job type ${event.jobType}, ${event.retries} ${event.retries === 1 ? 'attempt' : 'attempts'}.`],
        elementId: event.elementId,
      };
    case 'jobFailed':
      return {
        tone: 'trouble',
        title: `An attempt of ${named(of(event.key))} failed`,
        details: [event.message, `${event.retriesLeft} ${event.retriesLeft === 1 ? 'attempt' : 'attempts'} left.`],
        elementId: of(event.key),
      };
    case 'userTaskCreated':
      return {
        tone: 'person',
        title: event.assignee
          ? `${named(event.elementId)} is for ${event.assignee}`
          : `${named(event.elementId)} waits for ${candidates(event)}`,
        details: event.dueAt === undefined ? [] : [`Due ${shortTime(event.dueAt)}.`],
        elementId: event.elementId,
      };
    case 'userTaskAssigned':
      return {
        tone: 'person',
        title: assigned(event.assignee, event.by, named(of(event.key))),
        elementId: of(event.key),
      };
    case 'userTaskCompleted':
      return { tone: 'person', title: `${event.by ?? 'Somebody'} completed ${named(of(event.key))}`, elementId: of(event.key) };
    case 'timerScheduled':
      return { tone: 'wait', title: `${named(event.elementId)} is set for ${shortTime(event.dueAt)}`, elementId: event.elementId };
    case 'timerFired':
      return {
        tone: 'wait',
        title: `The time of ${named(memory.timerOf.get(event.timer))} has come`,
        elementId: memory.timerOf.get(event.timer),
      };
    case 'messageSubscriptionOpened':
      return {
        tone: 'wait',
        title: `Waits for the message “${event.messageName}”`,
        details: event.correlationKey === null ? [] : [`With the key ${event.correlationKey}.`],
        elementId: event.elementId,
      };
    case 'messageCorrelated':
      return { tone: 'wait', title: 'The message arrived', elementId: memory.subscriptionOf.get(event.subscription) };
    case 'messagePublished':
      return { tone: 'work', title: `Sent the message “${event.messageName}”`, elementId: event.elementId };
    case 'childStarted':
      return {
        tone: 'work',
        title: `${named(event.elementId)} called ${event.calledProcessId}`,
        details: values(event.variables),
        elementId: event.elementId,
      };
    case 'childCompleted':
      return { tone: 'work', title: `${named(of(event.key))} came back`, elementId: of(event.key) };
    case 'errorThrown':
      return {
        tone: 'trouble',
        title: `${named(of(event.key))} threw the error ${event.errorCode}`,
        details: event.message === undefined ? [] : [event.message],
        elementId: of(event.key),
      };
    case 'errorCaught':
      return { tone: 'trouble', title: `${named(event.elementId)} caught the error ${event.errorCode}`, elementId: event.elementId };
    case 'incidentCreated':
      return {
        tone: 'trouble',
        title: `${named(event.elementId)} needs help: ${event.code}`,
        details: [event.message, ...values(event.reads ?? {})],
        elementId: event.elementId,
      };
    case 'incidentResolved':
      return {
        tone: 'work',
        title: `${event.by ?? 'Somebody'} let ${named(memory.incidentOf.get(event.incident))} try again`,
        elementId: memory.incidentOf.get(event.incident),
      };
    case 'instanceCompleted':
      return { tone: 'end', title: 'Completed' };
    case 'instanceTerminated':
      return {
        tone: 'work',
        title: event.by ? `Canceled by ${event.by}` : 'Canceled',
        details: event.reason ? [`Reason: ${event.reason}`] : [],
      };
    case 'timeAdvanced':
    case 'tokenHeld':
    case 'scopeOpened':
    case 'timerCanceled':
    case 'subscriptionClosed':
    case 'stepYielded':
    case 'partSeen':
    case 'conversationBegun':
    case 'signalConsumed':
    case 'conditionDecided':
    case 'gatewayFired':
    case 'gatewayReset':
    case 'adHocActivated':
    case 'compensationRecorded':
    case 'compensationTaken':
      return undefined;
    default: {
      const triggerOf = (key: Key) => memory.timerOf.get(key) ?? memory.subscriptionOf.get(key);
      return tellFurther(event, { named, elementOf: of, triggerOf, values });
    }
  }
}

/** Most elements tell themselves by what they ask for; these do nothing else. */
function arrived(elementId: string, names: Names): Told | undefined {
  switch (names.kind(elementId)) {
    case 'endEvent':
      return { tone: 'end', title: `Reached “${names.element(elementId)}”`, elementId };
    case 'intermediateThrowEvent':
    case 'manualTask':
    case 'task':
      return { tone: 'work', title: `Passed “${names.element(elementId)}”`, elementId };
    case 'scriptTask':
      return { tone: 'work', title: `“${names.element(elementId)}” ran`, elementId };
    case 'subProcess':
    case 'transaction':
    case 'adHocSubProcess':
      return { tone: 'work', title: `Entered “${names.element(elementId)}”`, elementId };
    default:
      return undefined;
  }
}

function chosen(elementId: string, taken: readonly string[], reasons: readonly FlowReason[], names: Names): Told {
  const ways = taken.map((flowId) => names.flow(flowId)).join(' and ');
  return {
    tone: 'choice',
    title: taken.length === 0 ? `“${names.element(elementId)}” found no way on` : `“${names.element(elementId)}” took ${ways}`,
    details: reasons.map((reason) => weighed(reason, taken.includes(reason.flowId), names)),
    elementId,
  };
}

function weighed({ flowId, condition, reads = {}, value, isDefault }: FlowReason, isTaken: boolean, names: Names): string {
  const way = names.flow(flowId);
  if (isDefault) return isTaken ? `${way} is the default: no condition held.` : `${way} is the default, and was not needed.`;
  if (condition === undefined) return `${way} has no condition.`;
  const result = value === undefined ? String(isTaken) : valueText(value);
  return `${way}: ${condition} was ${result}${given(reads)}.`;
}

function given(reads: Variables): string {
  const texts = Object.entries(reads).map(([name, value]) => `${name} = ${valueText(value, 60)}`);
  return texts.length === 0 ? '' : ` with ${texts.join(', ')}`;
}

function values(variables: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(variables).map(([name, value]) => `${name} = ${valueText(value)}`);
}

/** A reason is only given by a person who changes data by hand; elsewhere `by` is merely whose step it was. */
function set({ variables, reason, by }: Extract<Event, { type: 'variablesSet' }>): Told {
  const told = values(variables);
  if (reason !== undefined) {
    return { tone: 'data', title: `${by ?? 'Somebody'} set ${Object.keys(variables).join(', ')}`, details: [`Reason: ${reason}`, ...told] };
  }
  const [only, ...more] = told;
  if (only !== undefined && more.length === 0) return { tone: 'data', title: only };
  return { tone: 'data', title: `${told.length} values were set`, details: told };
}

function candidates({
  candidateUsers,
  candidateGroups,
}: {
  candidateUsers: readonly string[];
  candidateGroups: readonly string[];
}): string {
  return [...candidateGroups, ...candidateUsers].join(', ') || 'somebody';
}

function assigned(assignee: string | null, by: string | undefined, task: string): string {
  if (assignee === null) return `${by ?? 'Somebody'} gave ${task} back`;
  return by === assignee ? `${assignee} took ${task}` : `${task} was given to ${assignee}`;
}
