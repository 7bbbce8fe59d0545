import type { Event } from '@baton/engine';
import type { Frame } from './frames.js';

/**
 * The numbers of the events at which there is something to see: where the slider can stand.
 *
 * Left out are events in the middle of a movement (a token that has left and not yet arrived) and mere bookkeeping.
 * An arrival counts with what it asks of the world. The last event is always a stop, so that the end is the newest state.
 */
export function stopsOf(frames: readonly Frame[]): readonly number[] {
  const last = frames.length - 1;
  const stops = frames.flatMap(({ event }, index) => {
    if (index !== last && !isVisible(event)) return [];
    const asked = frames.findIndex((frame, later) => later > index && !isRequest(frame.event));
    return frames[asked < 0 ? last : asked - 1]?.sequence ?? [];
  });
  return [...new Set(stops)];
}

function isRequest({ type }: Event): boolean {
  return (
    type === 'scopeOpened' ||
    type === 'userTaskCreated' ||
    type === 'jobCreated' ||
    type === 'timerScheduled' ||
    type === 'messageSubscriptionOpened' ||
    type === 'signalSubscriptionOpened' ||
    type === 'conditionArmed' ||
    type === 'loopStarted'
  );
}

function isVisible({ type }: Event): boolean {
  switch (type) {
    case 'instanceStarted':
    case 'elementActivated':
    case 'elementPassed':
    case 'tokenHeld':
    case 'elementTerminated':
    case 'variablesSet':
    case 'jobFailed':
    case 'userTaskAssigned':
    case 'userTaskCompleted':
    case 'timerFired':
    case 'messageCorrelated':
    case 'signalReceived':
    case 'conditionChanged':
    case 'escalationCaught':
    case 'instanceSuspended':
    case 'instanceResumed':
    case 'instanceModified':
    case 'instanceMigrated':
    case 'childStarted':
    case 'decisionEvaluated':
    case 'incidentCreated':
    case 'incidentResolved':
    case 'instanceCompleted':
    case 'instanceTerminated':
      return true;
    default:
      return false;
  }
}

/** The place of the last stop at or before an event. */
export function stopBefore(stops: readonly number[], sequence: number): number {
  return Math.max(
    0,
    stops.findLastIndex((stop) => stop <= sequence),
  );
}
