import type { Event, Key } from '@baton/engine';
import { shortTime } from '../ui/instants.js';
import type { Told } from './entries.js';

/** Events of triggers, compensation, loops and operators; the rest is told in `entries.ts`. */
export type FurtherEvent = Extract<
  Event,
  {
    readonly type:
      | 'signalSubscriptionOpened'
      | 'signalReceived'
      | 'signalThrown'
      | 'conditionArmed'
      | 'conditionChanged'
      | 'timerRescheduled'
      | 'escalationThrown'
      | 'escalationCaught'
      | 'compensationStarted'
      | 'loopStarted'
      | 'inputsAwaited'
      | 'spawnedAwaited'
      | 'adHocStarted'
      | 'instanceSuspended'
      | 'instanceResumed'
      | 'instanceModified'
      | 'instanceMigrated'
      | 'commandDeferred';
  }
>;

/** What the history says besides the event. */
export interface Known {
  /** “The name of the element” */
  readonly named: (elementId: string | undefined) => string;
  readonly elementOf: (key: Key) => string | undefined;
  /** Of a timer, or of a subscription. */
  readonly triggerOf: (key: Key) => string | undefined;
  readonly values: (variables: Readonly<Record<string, unknown>>) => readonly string[];
}

export function tellFurther(event: FurtherEvent, { named, elementOf, triggerOf, values }: Known): Told | undefined {
  switch (event.type) {
    case 'signalSubscriptionOpened':
      return { tone: 'wait', title: `Waits for the signal “${event.signalName}”`, elementId: event.elementId };
    case 'signalReceived':
      return { tone: 'wait', title: 'The signal came', elementId: triggerOf(event.subscription) };
    case 'signalThrown':
      return { tone: 'work', title: `Sent the signal “${event.signalName}”`, details: values(event.variables), elementId: event.elementId };
    case 'conditionArmed':
      return { tone: 'wait', title: `${named(event.elementId)} waits for its condition`, elementId: event.elementId };
    case 'conditionChanged': {
      const elementId = triggerOf(event.subscription);
      const title = `The condition of ${named(elementId)} became ${event.isTrue ? 'true' : 'false'}`;
      return { tone: 'choice', title, details: values(event.reads), elementId };
    }
    case 'timerRescheduled': {
      const elementId = triggerOf(event.timer);
      const title = `${event.by ?? 'Somebody'} set ${named(elementId)} for ${shortTime(event.dueAt)}`;
      return { tone: 'person', title, details: because(event.reason), elementId };
    }
    case 'escalationThrown': {
      const elementId = elementOf(event.key);
      return { tone: 'trouble', title: `${named(elementId)} escalated${coded(event.escalationCode)}`, elementId };
    }
    case 'escalationCaught':
      return {
        tone: 'trouble',
        title: `${named(event.elementId)} caught the escalation${coded(event.escalationCode)}`,
        elementId: event.elementId,
      };
    case 'compensationStarted': {
      const count = event.recorded.length;
      const what = count === 0 ? 'nothing' : count === 1 ? 'one activity' : `${count} activities`;
      return { tone: 'work', title: `${named(event.elementId)} undoes ${what}`, elementId: event.elementId };
    }
    case 'loopStarted': {
      const elementId = elementOf(event.key);
      const times = event.total < 0 ? 'as long as its condition holds' : event.total === 1 ? 'once' : `${event.total} times`;
      return { tone: 'work', title: `${named(elementId)} runs ${times}`, elementId };
    }
    case 'inputsAwaited':
      return { tone: 'wait', title: `${named(event.elementId)} waits for its data`, elementId: event.elementId };
    case 'spawnedAwaited':
      return { tone: 'wait', title: `${named(event.elementId)} waits for what it started`, elementId: event.elementId };
    case 'adHocStarted':
      return { tone: 'work', title: `${named(event.elementId)} was started`, elementId: event.elementId };
    case 'instanceSuspended':
      return { tone: 'person', title: `Suspended by ${event.by ?? 'somebody'}`, details: because(event.reason) };
    case 'instanceResumed':
      return { tone: 'person', title: `Resumed by ${event.by ?? 'somebody'}`, details: because(event.reason) };
    case 'instanceModified':
      return { tone: 'person', title: `${event.by ?? 'Somebody'} moved it by hand`, details: because(event.reason) };
    case 'instanceMigrated':
      return { tone: 'person', title: `${event.by ?? 'Somebody'} moved it to another version`, details: because(event.reason) };
    case 'commandDeferred':
      return { tone: 'wait', title: 'An answer came, and waits until it is resumed' };
  }
}

function because(reason: string | undefined): readonly string[] {
  return reason === undefined ? [] : [`Reason: ${reason}`];
}

function coded(code: string): string {
  return code === '' ? '' : ` ${code}`;
}
