import { definitionsOf } from '../expressions-of.js';
import type { Command } from '../command.js';
import type { Event } from '../event.js';
import type { Instance, Key, Subscription } from '../instance.js';
import { step } from '../step.js';
import { find } from '../table.js';
import { NO_VARIABLES } from '../variables.js';
import type { Deed } from './action.js';
import { bodyOf, workersOf } from './deeds.js';
import type { Oracle } from './oracle.js';
import { AGAIN, isSpent } from './situation.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** Steps after which tokens that never wait are taken to go round for ever. */
const YIELDS_MAX = 3;

/** What one deed led to. `situation` is the one that was handed over, changed. */
export interface Performed {
  readonly situation: Situation;
  readonly events: readonly Event[];
  /** Can that be: conditions that leave no way out, and errors that nobody would catch, are not counted as real. */
  readonly isReal: boolean;
  /** Tokens went round and round without ever waiting. */
  readonly isEndless: boolean;
}

/**
 * Do a deed on the engine itself, and go on with what its step left over.
 *
 * @throws Error when there is nobody to do it to
 */
export function perform(world: World, situation: Situation, deed: Deed, oracle: Oracle): Performed {
  world.questions.oracle = oracle;
  const { process } = world;
  const { instance } = situation;
  const events: Event[] = [];
  const scopes = new Map(instance.elements.map(({ key, scope }) => [key, scope]));
  const failed = instance.incidents.length;
  const open: Command[] = [...commandsFor(world, situation, deed)];
  let yields = 0;
  for (let command = open.shift(); command !== undefined; command = open.shift()) {
    if (command !== undefined && isPointless(instance, command)) continue;
    const done = step(process, instance, command).events;
    events.push(...done);
    for (const [at, event] of done.entries()) {
      // What the process signals itself may come again that way, but need not come from outside, too.
      if (event.type !== 'signalSubscriptionOpened' || done[at - 1]?.type !== 'signalReceived') continue;
      situation.spent = [...new Set([...situation.spent, `${event.host}:${event.elementId}`])];
    }
    if (instance.ready.length > 0 && ++yields <= YIELDS_MAX) open.unshift({ type: 'continue', at: 0 });
  }
  noteEnds(world, situation, events, scopes);
  const incidents = instance.incidents.slice(failed);
  const isUnreal = incidents.some(({ code }) => code === 'no-outgoing-flow' || (code === 'error-uncaught' && deed.type === 'throwError'));
  return { situation, events, isReal: !isUnreal, isEndless: instance.ready.length > 0 };
}

function commandsFor(world: World, situation: Situation, deed: Deed): readonly Command[] {
  const { instance } = situation;
  const at = 0;
  switch (deed.type) {
    case 'start':
      return [
        {
          type: 'start',
          at,
          variables: NO_VARIABLES,
          ...(deed.elementId === undefined ? {} : { startElementId: deed.elementId }),
          ...(deed.part === undefined ? {} : { part: deed.part }),
        },
      ];
    case 'complete':
    case 'throwError':
    case 'throwEscalation':
      return [work(world, situation, deed)];
    case 'fire': {
      const { key: timer } = pick(instance.timers, deed);
      return [{ type: 'fireTimer', at, timer }];
    }
    case 'receive': {
      const subscription = pick(
        instance.subscriptions.filter(({ type }) => type === 'message'),
        deed,
      );
      return [
        {
          type: 'correlateMessage',
          at,
          messageId: 'message',
          variables: NO_VARIABLES,
          subscription: spend(world, situation, subscription),
        },
      ];
    }
    case 'signal':
      return heard(world, situation, deed.name);
    case 'activate':
      return [{ type: 'activateAdHoc', at, key: adHoc(world, instance, deed), elementIds: [deed.activityId] }];
    case 'finish':
      return [{ type: 'completeAdHoc', at, key: adHoc(world, instance, deed) }];
  }
}

type Work = Extract<Deed, { readonly type: 'complete' | 'throwError' | 'throwEscalation' }>;

function work({ process }: World, situation: Situation, deed: Work): Command {
  const { instance } = situation;
  const { key } = pick(workersOf(instance), deed);
  const worker = find(instance.elements, key);
  const isTask = worker?.waiting === 'userTask';
  const answer = { at: 0, key, variables: NO_VARIABLES };
  switch (deed.type) {
    case 'complete':
      return { type: isTask ? 'completeUserTask' : 'completeChild', ...answer };
    case 'throwError': {
      const { errorCode } = deed;
      return isTask ? { type: 'throwError', at: 0, key, errorCode } : { type: 'failChild', at: 0, key, errorCode, message: errorCode };
    }
    case 'throwEscalation': {
      const { escalationCode } = deed;
      const catcher = process.byId
        .get(deed.elementId)
        ?.boundaries.find(({ model }) =>
          definitionsOf(model.event).some((one) => one.type === 'escalation' && (one.escalationCode ?? '') === escalationCode),
        );
      if (worker !== undefined && catcher !== undefined && !catcher.model.interrupting)
        situation.spent = [...situation.spent, `${bodyOf(worker)}:${catcher.id}`];
      return { type: isTask ? 'throwEscalation' : 'escalateChild', ...answer, escalationCode };
    }
  }
}

function heard(world: World, situation: Situation, name: string): readonly Command[] {
  const hearers = situation.instance.subscriptions.filter(
    (one) => one.type === 'signal' && one.scoped === undefined && one.signalName === name && !isSpent(situation.spent, one),
  );
  return hearers.map((one) => ({ type: 'receiveSignal', at: 0, subscription: spend(world, situation, one), variables: NO_VARIABLES }));
}

/** An event that does not interrupt could happen any number of times; once shows what it does. */
function spend({ process }: World, situation: Situation, { key, host, elementId, part }: Subscription): Key {
  const model = process.byId.get(elementId)?.model;
  const isRepeated =
    (model?.kind === 'boundaryEvent' && !model.interrupting) || (model?.kind === 'startEvent' && model.interrupting === false);
  if (!isRepeated) return key;
  const needsAll = model.event.type === 'multiple' && 'parallel' in model.event && model.event.parallel;
  situation.spent = [...situation.spent, needsAll ? `${host}:${elementId}:${part}` : `${host}:${elementId}`];
  return key;
}

function adHoc({ process }: World, instance: Instance, deed: { readonly elementId: string; readonly nth: number }): Key {
  const isAdHoc = (id: string) => {
    const model = process.byId.get(id)?.model;
    return model?.kind === 'subProcess' && model.adHoc !== undefined;
  };
  return pick(
    instance.elements.filter(({ elementId, loop }) => loop === undefined && isAdHoc(elementId)),
    deed,
  ).key;
}

function pick<Row extends { readonly elementId: string }>(
  rows: readonly Row[],
  { elementId, nth }: { readonly elementId: string; readonly nth: number },
): Row {
  const row = rows.filter((one) => one.elementId === elementId)[nth];
  if (row === undefined) throw new Error(`Nothing at ${elementId} waits for that.`);
  return row;
}

/** What it was for has ended meanwhile. */
function isPointless(instance: Instance, command: Command): boolean {
  if (command.type === 'start') return false;
  if (instance.status !== 'active') return true;
  return command.type === 'receiveSignal' && find(instance.subscriptions, command.subscription) === undefined;
}

function noteEnds({ process }: World, situation: Situation, events: readonly Event[], scopes: Map<Key, Key>): void {
  const ends = new Set(situation.ends);
  const reach = (scope: Key | undefined, elementId: string) => {
    if (scope === undefined || process.byId.get(elementId)?.model.kind !== 'endEvent') return;
    const end = `${scope}:${elementId}`;
    ends.add(ends.has(end) ? `${end}${AGAIN}` : end);
  };
  for (const event of events) {
    if (event.type === 'elementActivated') scopes.set(event.key, event.scope);
    else if (event.type === 'elementPassed') reach(event.scope, event.elementId);
    else if (event.type === 'elementCompleted') reach(scopes.get(event.key), event.elementId);
  }
  const isOpen = (end: string) => find(situation.instance.scopes, Number(end.slice(0, end.indexOf(':')))) !== undefined;
  situation.ends = [...ends].filter(isOpen);
  situation.spent = situation.spent.filter((one) => {
    const host = Number(one.slice(0, one.indexOf(':')));
    return host === 0 || find(situation.instance.elements, host) !== undefined;
  });
}
