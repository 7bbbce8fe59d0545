import type { Event } from '../event.js';
import type { Key } from '../instance.js';
import { formatInstant } from '../timers/calendar.js';
import { firedSentences } from './fired.js';
import { byWhom, closed, say, withValues } from './sentence.js';
import type { Moment, Sentence } from './sentence.js';

/** Sentences about timers, messages, signals and conditions. */
export function triggerSentences({ event, chronicle, following }: Moment): readonly Sentence[] {
  const fired = (key: Key, came: (what: string) => string): readonly Sentence[] => {
    const armed = chronicle.armed.get(key);
    if (armed === undefined) return [];
    const isOwn = chronicle.elementAt(armed.host) === armed.elementId;
    return firedSentences(armed, came(isOwn ? armed.what : `${armed.what} of ${armed.elementId}`), chronicle, following);
  };
  switch (event.type) {
    case 'timerFired':
      return fired(event.timer, (what) => `${what} came due`);
    case 'messageCorrelated':
      return fired(event.subscription, (what) => `${what} came (${event.messageId})`);
    case 'signalReceived':
      return fired(event.subscription, (what) => `${what} was heard`);
    case 'conditionChanged': {
      const values = withValues(event.reads);
      if (event.isTrue) return fired(event.subscription, (what) => `${what} became true${values}`);
      return say(`The condition is no longer true${values}.`, chronicle.armed.get(event.subscription)?.elementId);
    }
    case 'timerRescheduled':
      return say(
        closed(`Its timer was moved to ${formatInstant(event.dueAt)}${byWhom(event)}`),
        chronicle.armed.get(event.timer)?.elementId,
      );
    case 'signalThrown':
      return say(
        `It threw the signal “${event.signalName}”${event.scope === undefined ? '' : ', for its own scope alone'}.`,
        event.elementId,
      );
    case 'messagePublished':
      return say(
        `It sent the message “${event.messageName}”${event.correlationKey === null ? '' : ` with the key ${event.correlationKey}`}.`,
        event.elementId,
      );
    default:
      return [];
  }
}

/** Sentences about errors, escalations and compensation. */
export function thrownSentences({ event, chronicle, following }: Moment): readonly Sentence[] {
  switch (event.type) {
    case 'errorThrown': {
      const message = event.message === undefined ? '' : `: ${event.message}`;
      return say(closed(`The error ${event.errorCode} was thrown here${message}`), chronicle.elementAt(event.key));
    }
    case 'errorCaught':
      return say(
        `The error ${event.errorCode} was caught by ${event.elementId}.`,
        event.elementId,
        chronicle.elementAt(event.host),
        chronicle.elementAt(chronicle.thrower),
      );
    case 'escalationThrown': {
      const thrower = chronicle.elementAt(event.key);
      const thrown = `The escalation ${event.escalationCode} was thrown here`;
      if (event.uncaught !== undefined) return say(`${thrown} and not caught: it goes on in the calling process.`, thrower);
      const isCaught = following[0]?.type === 'escalationCaught';
      return say(isCaught ? `${thrown}.` : `${thrown} and caught nowhere: it goes on as if nothing had happened.`, thrower);
    }
    case 'escalationCaught':
      return escalationCaught(event, chronicle.elementAt(event.host), chronicle.elementAt(chronicle.thrower), following);
    case 'instanceTerminated': {
      if (event.error === undefined) return [];
      return say(
        `The error ${event.error.code} was caught nowhere here: the instance ended, and the calling process has it.`,
        chronicle.elementAt(chronicle.thrower),
      );
    }
    case 'compensationStarted': {
      const names = [...event.recorded].reverse().map((key) => chronicle.elementAt(key) ?? String(key));
      return say(`It undoes what was done: ${names.join(', then ')}, the newest first.`, event.elementId);
    }
    default:
      return [];
  }
}

function escalationCaught(
  { elementId, host, escalationCode }: Extract<Event, { readonly type: 'escalationCaught' }>,
  hostId: string | undefined,
  thrower: string | undefined,
  following: readonly Event[],
): readonly Sentence[] {
  const isEnded =
    following.find((event) => event.type === 'elementTerminated' || ('elementId' in event && event.elementId === elementId))?.type ===
    'elementTerminated';
  const outcome = host === 0 || hostId === undefined ? '' : isEnded ? `, and ${hostId} was ended` : `, and ${hostId} goes on`;
  return say(`The escalation ${escalationCode} was caught by ${elementId}${outcome}.`, elementId, hostId, thrower);
}
