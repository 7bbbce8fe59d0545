import { enabledIn } from '../ad-hoc.js';
import { definitionsOf } from '../expressions-of.js';
import type { ElementInstance, Instance, Key } from '../instance.js';
import { startTriggers } from '../start-triggers.js';
import { find } from '../table.js';
import type { Deed } from './action.js';
import { isSpent } from './situation.js';
import type { Situation } from './situation.js';
import { reaches } from './world.js';
import type { World } from './world.js';

/** Every way to start an instance. */
export function beginnings({ process }: World): readonly Deed[] {
  const triggers = startTriggers(process, 0).map(({ elementId, part }): Deed => ({
    type: 'start',
    elementId,
    ...(part === undefined ? {} : { part }),
  }));
  const isPlain = process.starts.length > 0 && process.starts[0]!.model.kind !== 'startEvent';
  return isPlain ? [{ type: 'start' }, ...triggers] : triggers;
}

/**
 * Everything that can come from outside now: work is done or fails with an error that something around catches,
 * timers fire, messages and signals arrive, people start ad-hoc activities. Escalations come from throw events
 * or, where one is caught on an activity itself, from whoever does the activity.
 */
export function possibleDeeds(world: World, { instance, spent }: Situation): readonly Deed[] {
  if (instance.status !== 'active') return [];
  const deeds: Deed[] = [];
  const workers = workersOf(instance);
  for (const [index, worker] of workers.entries()) {
    const { elementId } = worker;
    const place = { elementId, nth: nth(workers, index) };
    deeds.push({ type: 'complete', ...place });
    if (!('scope' in worker)) continue;
    for (const errorCode of world.codes.get(elementId) ?? []) deeds.push({ type: 'throwError', ...place, errorCode });
    for (const escalationCode of escalationsOf(world, spent, worker)) deeds.push({ type: 'throwEscalation', ...place, escalationCode });
  }
  for (const [index, timer] of instance.timers.entries()) {
    if (!isSpent(spent, timer)) deeds.push({ type: 'fire', elementId: timer.elementId, nth: nth(instance.timers, index) });
  }
  const messages = instance.subscriptions.filter(({ type }) => type === 'message');
  for (const [index, message] of messages.entries()) {
    if (!isSpent(spent, message)) deeds.push({ type: 'receive', elementId: message.elementId, nth: nth(messages, index) });
  }
  const signals = instance.subscriptions.flatMap((one) =>
    one.type === 'signal' && one.scoped === undefined && !isSpent(spent, one) ? [one.signalName] : [],
  );
  for (const name of new Set(signals)) deeds.push({ type: 'signal', name });
  return [...deeds, ...adHocDeeds(world, instance)];
}

type Worker = ElementInstance | { readonly key: Key; readonly elementId: string };

/** Activities whose work is done outside, the oldest first; then called processes that nobody waits for. */
export function workersOf(instance: Instance): readonly Worker[] {
  const working = instance.elements.filter(({ waiting }) => waiting === 'userTask' || waiting === 'job' || waiting === 'child');
  return [...working, ...(instance.detached ?? [])];
}

/** Codes of escalations that are caught on the activity itself. */
function escalationsOf({ process }: World, spent: readonly string[], worker: ElementInstance): readonly string[] {
  const host = bodyOf(worker);
  return (process.byId.get(worker.elementId)?.boundaries ?? []).flatMap(({ id, model: { event } }) =>
    definitionsOf(event).flatMap((one) =>
      one.type === 'escalation' && !isSpent(spent, { host, elementId: id }) ? [one.escalationCode ?? ''] : [],
    ),
  );
}

/** The element instance that the events on an activity's border belong to: of a loop, its body. */
export function bodyOf({ key, scope, loopCounter }: ElementInstance): Key {
  return loopCounter === undefined ? key : scope;
}

/** Each activity as often as anybody likes, but not while it, or what follows it, is under way. */
function adHocDeeds({ process }: World, instance: Instance): readonly Deed[] {
  const adHocs = instance.elements.filter(({ elementId, loop }) => {
    const model = process.byId.get(elementId)?.model;
    return loop === undefined && model?.kind === 'subProcess' && model.adHoc !== undefined;
  });
  return adHocs.flatMap(({ key, elementId, waiting }, index): readonly Deed[] => {
    const model = process.byId.get(elementId)?.model;
    const isFree = waiting === 'adHoc' || (model?.kind === 'subProcess' && model.adHoc?.ordering === 'parallel');
    if (!isFree || find(instance.scopes, key) === undefined) return [];
    const place = { elementId, nth: nth(adHocs, index) };
    const running = instance.elements.filter(({ scope }) => scope === key).map((token) => process.byId.get(token.elementId)!);
    const startable = enabledIn(process, elementId).filter((first) => running.every((at) => at !== first && !reaches(first, at)));
    const started = startable.map(({ id }): Deed => ({ type: 'activate', ...place, activityId: id }));
    return waiting === 'adHoc' ? [...started, { type: 'finish', ...place }] : started;
  });
}

function nth(all: readonly { readonly elementId: string }[], index: number): number {
  const { elementId } = all[index]!;
  return all.slice(0, index).filter((one) => one.elementId === elementId).length;
}
