import type { Event } from './event.js';
import { Chronicle } from './explain/chronicle.js';
import { loopSentences } from './explain/loops.js';
import { byWhom, closed, say } from './explain/sentence.js';
import type { Moment, Sentence } from './explain/sentence.js';
import { whySkipped } from './explain/skipped.js';
import { thrownSentences, triggerSentences } from './explain/triggers.js';
import { choiceSentences, workSentences } from './explain/work.js';
import type { ElementId, ProcessModel } from './model.js';

/**
 * Why things went as they did at one element, in sentences, oldest first.
 *
 * Made from the facts of the history; the sentences themselves are stored nowhere. With the model it can also
 * be told why no token came to an element at all.
 */
export function explain(events: Iterable<Event>, elementId: ElementId, model?: ProcessModel): string[] {
  const history = [...events];
  const chronicle = new Chronicle();
  const sentences: string[] = [];
  for (const [at, event] of history.entries()) {
    const moment: Moment = {
      event,
      chronicle,
      get following() {
        return history.slice(at + 1, at + 1 + HORIZON);
      },
    };
    for (const { about, text } of tell(moment, history[at - 1])) if (about.includes(elementId)) sentences.push(text);
    chronicle.note(event);
  }
  if (sentences.length > 0 || model === undefined) return sentences;
  return [...whySkipped(history, elementId, model)];
}

/** How many events one may have as its immediate consequence, so that a long history costs no more than its length. */
const HORIZON = 200;

function tell(moment: Moment, before: Event | undefined): readonly Sentence[] {
  return [
    ...choiceSentences(moment),
    ...workSentences(moment),
    ...triggerSentences(moment),
    ...thrownSentences(moment),
    ...loopSentences(moment),
    ...undoing(moment, before),
    ...endedByHand(moment),
  ];
}

/** The handler was activated just before. */
function undoing({ event, chronicle }: Moment, before: Event | undefined): readonly Sentence[] {
  if (event.type !== 'compensationTaken' || event.unfolds === true) return [];
  const done = chronicle.elementAt(event.recorded) ?? String(event.recorded);
  const handler = before?.type === 'elementActivated' ? before.elementId : undefined;
  return [
    ...say(`It was undone by ${handler ?? 'its handler'}, because of ${chronicle.elementAt(event.key) ?? String(event.key)}.`, done),
    ...say(`It began in order to undo ${done}.`, handler),
  ];
}

/** Someone ended it: alone, or with the whole instance (those events stand together, the last tells who and why). */
function endedByHand({ event, chronicle, following }: Moment): readonly Sentence[] {
  if (event.type !== 'elementTerminated') return [];
  if (chronicle.modification !== undefined) return say(closed(`It was ended by hand${byWhom(chronicle.modification)}`), event.elementId);
  const end = following.find(({ type }) => type !== 'elementTerminated');
  if (end?.type !== 'instanceTerminated' || end.error !== undefined) return [];
  return say(closed(`It was ended, because the instance was canceled${byWhom(end)}`), event.elementId);
}
