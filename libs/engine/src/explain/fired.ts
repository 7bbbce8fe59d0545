import type { Event } from '../event.js';
import type { ElementId } from '../model.js';
import type { ArmedEvent, Chronicle } from './chronicle.js';
import { closed, isOrAre, listed, say, wasOrWere } from './sentence.js';
import type { Sentence } from './sentence.js';

/** What an event that was waited for brought about: which way it was caught, what it ended and what goes on. */
export function firedSentences(armed: ArmedEvent, came: string, chronicle: Chronicle, following: readonly Event[]): readonly Sentence[] {
  const { elementId, host } = armed;
  const hostId = chronicle.elementAt(host);
  if (hostId === elementId) {
    const isPart = following[0]?.type === 'partSeen' && !isOver(following, host);
    return say(isPart ? `${came}; it waits on for the others.` : closed(came), elementId);
  }
  const consequences = consequencesOf(elementId, following);
  const { caught, ended } = consequences;
  if (caught === undefined) return say(`${came}; ${elementId} waits on for the others.`, elementId, hostId);
  if (caught.via !== undefined) return chosen(armed, came, chronicle, following, hostId);
  const hostScope = chronicle.visits.get(host)?.scope;
  if (host !== 0 && caught.scope === hostScope) {
    const outcome = consequences.endedKeys.has(host) ? `${hostId} was ended` : `${hostId} goes on`;
    return say(`${came}, and ${outcome}.`, elementId, hostId, ...ended);
  }
  const begun = following.find((event) => event.type === 'elementActivated' && event.key === caught.scope);
  const eventSubProcess = begun?.type === 'elementActivated' ? begun.elementId : elementId;
  const outcome = ended.length === 0 ? '' : `, and ${listed(ended)} ${wasOrWere(ended)} ended`;
  return say(`${came}: ${eventSubProcess} began${outcome}.`, elementId, eventSubProcess, ...ended);
}

/** An event-based gateway: the first event decides. */
function chosen(
  armed: ArmedEvent,
  came: string,
  chronicle: Chronicle,
  following: readonly Event[],
  gateway: ElementId | undefined,
): readonly Sentence[] {
  const others = [...chronicle.armed.values()].filter((one) => one.host === armed.host && one !== armed).map(({ elementId }) => elementId);
  const names = [...new Set(others)].filter((elementId) => elementId !== armed.elementId);
  const state = isOver(following, armed.host) ? 'no longer' : 'still';
  const rest = names.length === 0 ? '' : `; ${listed(names)} ${isOrAre(names)} ${state} waited for`;
  return say(
    `${came}, and ${gateway} went on to ${armed.elementId}${rest}.`,
    armed.elementId,
    gateway,
    ...(state === 'still' ? [] : names),
  );
}

/** Did its host end with it, before anything else happened? */
function isOver(following: readonly Event[], host: number): boolean {
  const end = following.findIndex(isElsewhere);
  return (end < 0 ? following : following.slice(0, end)).some((event) => event.type === 'elementCompleted' && event.key === host);
}

interface Consequences {
  readonly caught?: { readonly scope: number; readonly via?: string };
  readonly ended: readonly ElementId[];
  readonly endedKeys: ReadonlySet<number>;
}

/** Everything until the token that the event brought was there. */
export function consequencesOf(elementId: ElementId, following: readonly Event[]): Consequences {
  const ended = new Set<ElementId>();
  const endedKeys = new Set<number>();
  for (const event of following) {
    if (isElsewhere(event)) break;
    if (event.type === 'elementTerminated') {
      ended.add(event.elementId);
      endedKeys.add(event.key);
    }
    const isCaught = (event.type === 'elementPassed' || event.type === 'elementActivated') && event.elementId === elementId;
    if (isCaught) return { caught: event, ended: [...ended], endedKeys };
  }
  return { ended: [...ended], endedKeys };
}

/** Here begins another matter. */
function isElsewhere({ type }: Event): boolean {
  return type === 'timeAdvanced' || type === 'timerFired' || type === 'messageCorrelated' || type === 'signalReceived';
}
