import type { Instance } from '../instance.js';
import type { ElementId, ElementModel, ProcessModel } from '../model.js';
import type { Exploration, State } from './explore.js';
import type { SoundnessFinding } from './report.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** Something wrong, and the state it shows in. */
export interface Found extends Omit<SoundnessFinding, 'counterexample'> {
  /** The first state it shows in, on a shortest way; absent where no single state shows it. */
  readonly at?: number;
}

/** Of one kind, so many different ones are told. */
const PER_CODE_MAX = 10;

/**
 * What is wrong with a process, judged by its situations.
 *
 * A process is sound (van der Aalst 1998, read for BPMN) when from every situation it can come to
 *
 * - it can still end: by its last token, a terminate end event, or an error nobody catches (`deadlock`, `livelock`);
 * - it ends leaving nothing behind: no token waits for others that never come (`tokens-left`), and no place ever
 *   holds two tokens (`lack-of-synchronization`). Tokens that a terminate end event or an interrupting event takes
 *   away are not left behind;
 *
 * and when every element is reached in some run (`dead-element`). Elements that only compensation brings to life
 * do not count. An instance that waits for something outside is not stuck, however long that takes. What follows
 * after two tokens met in one place is a consequence, so nothing is called dead or endless for it.
 */
export function findingsIn(world: World, { states, visited, isComplete }: Exploration): readonly Found[] {
  const { model } = world.process;
  const stuck = indexes(states, ({ isStuck }) => isStuck);
  const hasEnded = (at: number) => situationOf(states[at]!).ends.length > 0;
  const crowded = indexes(states, ({ crowded: places }) => places.length > 0);
  const over = indexes(states, ({ isOver }) => isOver);
  const leads = reaching(states, [...over, ...stuck, ...crowded]);
  const endless = indexes(states, ({ isEndless }, at) => isEndless || (isComplete && !leads.has(at)));
  const isWhole = isComplete && crowded.length === 0;
  const jams = [
    ...stuckFindings(
      model,
      states,
      stuck.filter((at) => !hasEnded(at)),
      'deadlock',
    ),
    ...stuckFindings(model, states, stuck.filter(hasEnded), 'tokens-left'),
  ];
  // A join that jams has been told.
  const reached = new Set([...visited, ...jams.flatMap(({ elementIds }) => elementIds)]);
  return [
    ...jams,
    ...crowdedFindings(world, states),
    ...endlessFinding(model, states, endless),
    ...(isWhole && over.length === 0 ? [unreachableEnd(model)] : []),
    ...(isWhole ? deadElements(model, reached) : []),
    ...(isComplete ? [] : [undecided(states.length)]),
  ];
}

function stuckFindings(
  model: ProcessModel,
  states: readonly State[],
  at: readonly number[],
  code: 'deadlock' | 'tokens-left',
): readonly Found[] {
  return distinct(at, (index) => restingPlaces(situationOf(states[index]!).instance)).map(({ elementIds, at: first }) => {
    const where = names(model, elementIds);
    const missing = missingFlows(model, situationOf(states[first]!).instance);
    const why = missing.length === 0 ? '' : ` No token can come any more on ${missing.join(', ')}.`;
    const message =
      code === 'deadlock'
        ? `Deadlock: tokens wait at ${where} and nothing can move them.${why}`
        : `An end is reached, but tokens stay behind at ${where} for good.${why}`;
    return { severity: 'error', code, message, elementIds, at: first };
  });
}

/** Only where the first two tokens meet: what follows is a consequence. */
function crowdedFindings({ process: { model }, aside }: World, states: readonly State[]): readonly Found[] {
  const meetings = [false, true].flatMap((isAside) => {
    const places = (state: State | undefined) => state?.crowded.filter((id) => aside.has(id) === isAside) ?? [];
    const first = indexes(states, (state) => places(state).length > 0 && places(states[state.from]).length === 0);
    // Beside the main course one example is enough.
    return distinct(isAside ? first.slice(0, 1) : first, (index) => places(states[index]));
  });
  return meetings.map(({ elementIds, at }) => {
    // Started by events that did not interrupt, and on a way of their own, such as two reminders: they disturb nobody.
    const severity = elementIds.every((id) => aside.has(id)) ? 'info' : 'error';
    const message = `Lack of synchronization: ${names(model, elementIds)} can be active twice at a time, or reached twice.`;
    return { severity, code: 'lack-of-synchronization', message, elementIds, at };
  });
}

function endlessFinding(model: ProcessModel, states: readonly State[], endless: readonly number[]): readonly Found[] {
  const [at] = endless;
  if (at === undefined) return [];
  const elementIds = restingPlaces(situationOf(states[at]!).instance);
  const message = states[at]!.isEndless
    ? `Livelock: tokens go round through ${names(model, elementIds)} without ever waiting.`
    : `Livelock: once ${names(model, elementIds)} is reached, it can go on for ever and never end.`;
  return [{ severity: 'error', code: 'livelock', message, elementIds, at }];
}

function unreachableEnd({ elements }: ProcessModel): Found {
  const elementIds = elements.filter(({ kind, parent }) => kind === 'endEvent' && parent === undefined).map(({ id }) => id);
  return { severity: 'error', code: 'unreachable-end', message: 'However it goes, the process never completes.', elementIds };
}

function deadElements(model: ProcessModel, visited: ReadonlySet<string>): readonly Found[] {
  const dead = aliveSomeTime(model).filter(({ id }) => !visited.has(id));
  if (dead.length === 0) return [];
  const isDead = (id: ElementId | undefined) => dead.some((element) => element.id === id);
  const isConsequence = (element: ElementModel) =>
    isDead(element.parent) ||
    (element.kind === 'boundaryEvent' && isDead(element.attachedTo)) ||
    model.flows.some(({ source, target }) => target === element.id && isDead(source) && source !== target);
  const [first, then] = [dead.filter((element) => !isConsequence(element)), dead.filter(isConsequence)];
  const elementIds = [...first, ...then].map(({ id }) => id);
  const message = `No run ever comes to ${names(model, elementIds)}.`;
  return [{ severity: 'error', code: 'dead-element', message, elementIds }];
}

/** Everything but what only compensation brings to life, and callable parts that may be called from elsewhere. */
function aliveSomeTime({ elements }: ProcessModel): readonly ElementModel[] {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const spared = new Set(
    elements.flatMap((element): (ElementId | undefined)[] => {
      if (element.kind === 'boundaryEvent' && element.event.type === 'compensation') return [element.id, element.event.handler];
      if (element.kind === 'startEvent' && element.event.type === 'compensation') return [element.id, element.parent];
      if ('isForCompensation' in element && element.isForCompensation === true) return [element.id];
      return element.kind === 'subProcess' && element.callable === true ? [element.id] : [];
    }),
  );
  const isSpared = (id: ElementId | undefined): boolean => id !== undefined && (spared.has(id) || isSpared(byId.get(id)?.parent));
  return elements.filter(({ id }) => !isSpared(id));
}

function undecided(states: number): Found {
  const message = `Undecided: ${states} situations were looked at, and there are more. Nothing is said about the rest.`;
  return { severity: 'warning', code: 'undecided', message, elementIds: [] };
}

function situationOf(state: State): Situation {
  return JSON.parse(state.json) as Situation;
}

/** Where tokens are, those that wait for other tokens first; what only holds others inside does not count. */
export function restingPlaces({ elements, ready }: Instance): readonly ElementId[] {
  const inner = elements.filter(({ waiting }) => waiting !== 'scope');
  const places = [...inner.filter(({ waiting }) => waiting === 'join'), ...(inner.length === 0 ? elements : inner), ...ready];
  return [...new Set(places.map(({ elementId }) => elementId))];
}

/** Flows into joins with waiting tokens on which none waits. */
function missingFlows({ elements, flows }: ProcessModel, instance: Instance): readonly string[] {
  const waiting = instance.elements.filter((token) => token.waiting === 'join');
  const parallel = elements.filter(({ id, kind }) => kind === 'parallelGateway' && waiting.some(({ elementId }) => elementId === id));
  return flows
    .filter(({ id, target }) => parallel.some((join) => join.id === target) && !waiting.some(({ via }) => via === id))
    .map(({ id, source }) => `${id} (from ${source})`);
}

function names({ elements }: ProcessModel, ids: readonly ElementId[]): string {
  const some = ids.slice(0, 4).map((id) => {
    const name = elements.find((element) => element.id === id)?.name;
    return name === undefined || name === '' ? id : `“${name.replace(/\s+/g, ' ')}” (${id})`;
  });
  return ids.length > some.length ? `${some.join(', ')} and ${ids.length - some.length} more` : some.join(', ');
}

/** The states by where they show the mistake, each with the first of them. */
function distinct(
  at: readonly number[],
  placesOf: (at: number) => readonly ElementId[],
): readonly { readonly elementIds: readonly ElementId[]; readonly at: number }[] {
  const found = new Map<string, { readonly elementIds: readonly ElementId[]; readonly at: number }>();
  for (const index of at) {
    const elementIds = placesOf(index);
    const key = elementIds.toSorted().join();
    if (!found.has(key)) found.set(key, { elementIds, at: index });
  }
  return [...found.values()].slice(0, PER_CODE_MAX);
}

function indexes(states: readonly State[], test: (state: State, at: number) => boolean): readonly number[] {
  return states.flatMap((state, at) => (test(state, at) ? [at] : []));
}

/** All states from which some of the targets can be reached. */
function reaching(states: readonly State[], targets: readonly number[]): ReadonlySet<number> {
  const before = states.map((): number[] => []);
  for (const [at, { next }] of states.entries()) for (const to of next) before[to]!.push(at);
  const reached = new Set(targets);
  for (const at of reached) for (const from of before[at]!) reached.add(from);
  return reached;
}
