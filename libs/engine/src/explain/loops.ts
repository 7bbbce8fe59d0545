import type { Event } from '../event.js';
import { listed, say, withValues } from './sentence.js';
import type { Moment, Sentence } from './sentence.js';

/** Sentences about what multiplies, gathers or delays. */
export function loopSentences({ event, chronicle, following }: Moment): readonly Sentence[] {
  switch (event.type) {
    case 'loopStarted': {
      const about = chronicle.elementAt(event.key);
      if (event.total < 0) return say('It is done again and again, while its condition holds.', about);
      return say(`It is done ${times(event.total)}${event.items === undefined ? '' : ', once for each item'}.`, about);
    }
    case 'conditionDecided':
      return say(`“${event.condition}” was ${event.value}${withValues(event.reads)}.`, event.elementId);
    case 'elementCompleted':
      return [...loopEnd(event, chronicle), ...joined(event, chronicle)];
    case 'elementPassed':
      return joined(event, chronicle);
    case 'tokenHeld':
      return say(`A token${event.via === undefined ? '' : ` that came on ${event.via}`} waits here for others.`, event.elementId);
    case 'gatewayFired':
      return say('Its activation condition was true: it goes on, and waits for late tokens until none can come.', event.elementId);
    case 'gatewayReset': {
      const late = following.findIndex((one) => one.type !== 'elementTerminated' || one.elementId !== event.elementId);
      const taken = late < 0 ? following.length : late;
      return say(`No late token can come any more: ${taken === 0 ? 'none' : taken} had, and it begins anew.`, event.elementId);
    }
    case 'inputsAwaited':
      return say('It waits until all variables of one of its input sets have values.', event.elementId);
    case 'spawnedAwaited':
      return say('It waits until every process that was started and left to itself has ended.', event.elementId);
    case 'adHocActivated':
      return event.elementIds.length === 0 ? [] : say(`It is to start ${listed(event.elementIds)}.`, chronicle.elementAt(event.key));
    case 'adHocStarted':
      return say(
        `${event.elementId} was started in ${chronicle.elementAt(event.key) ?? 'it'}.`,
        event.elementId,
        chronicle.elementAt(event.key),
      );
    default:
      return [];
  }
}

function loopEnd(
  { key, elementId }: Extract<Event, { readonly type: 'elementCompleted' }>,
  chronicle: Moment['chronicle'],
): readonly Sentence[] {
  const loop = chronicle.loops.get(key);
  if (loop === undefined) return [];
  const { total, completed } = loop;
  if (total < 0) return say(`It was done ${times(completed)}, then its condition no longer held or its limit was reached.`, elementId);
  if (completed >= total) return say(total === 0 ? 'There was nothing to do.' : `All ${total} were completed.`, elementId);
  return say(`It ended after ${completed} of ${total}, because its completion condition was true.`, elementId);
}

/** A join went on: with which tokens? */
function joined(
  event: Extract<Event, { readonly type: 'elementCompleted' | 'elementPassed' }>,
  chronicle: Moment['chronicle'],
): readonly Sentence[] {
  if (event.joined === undefined) return [];
  const own = event.type === 'elementPassed' ? event.via : chronicle.visits.get(event.key)?.via;
  const flows = [...event.joined.map((key) => chronicle.visits.get(key)?.via), own].filter((via) => via !== undefined);
  return say(`It went on with the tokens that had come on ${listed(flows)}.`, event.elementId);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
