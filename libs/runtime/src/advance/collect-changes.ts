import { find } from '@baton/engine';
import type { Command, Event, Key } from '@baton/engine';
import type { LoadedDefinition } from '../definitions/definition-cache.js';
import { rowId } from '../row-id.js';
import type { Changes, RowOf } from './changes.js';
import { collectMigration } from './collect-migration.js';
import { collectSubscriptions } from './collect-subscriptions.js';
import { signalFrom } from './collect-signals.js';
import { isAnswered } from './is-answered.js';
import type { Stepped } from './stepped.js';

type Of<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

/**
 * What the steps of one instance mean for the rows around it. Events ask (`jobCreated`); what ends without an event of its own,
 * because its element did, is found by comparing what was there before with what is there now.
 *
 * What came and went within the batch never had a row and gets none.
 */
export function collectChanges(stepped: Stepped, hosted: ReadonlySet<string>, changes: Changes): void {
  const { loaded, instance, before } = stepped;
  const { tenantId } = loaded;
  const row = (key: Key): RowOf => ({ tenantId, instanceId: loaded.id, id: rowId(loaded.id, key) });
  const waiting = (key: Key) => find(instance.elements, key)?.waiting;
  /** How many migrations came before the event. */
  let migrations = 0;
  const jobs = new Map<Key, Of<'jobCreated'>>();
  const tasks = new Map<Key, Of<'userTaskCreated'>>();
  const completedTasks = new Map<Key, string | null>();
  const metSubscriptions = new Set<Key>();
  /** Jobs that keep their row for the person who gives them new attempts. */
  const spent = new Set<Key>();

  for (const event of stepped.events) {
    switch (event.type) {
      case 'jobCreated':
        jobs.set(event.key, event);
        spent.delete(event.key);
        break;
      case 'jobFailed':
        if (event.retriesLeft === 0) spent.add(event.key);
        changes.jobsRetried.push({
          ...row(event.key),
          retriesLeft: event.retriesLeft,
          failedAt: instance.at,
          retryAt: event.retryAt ?? null,
        });
        break;
      case 'userTaskCreated':
        tasks.set(event.key, event);
        break;
      case 'userTaskAssigned':
        // The row is the API's to decide; who looks at it has to hear.
        changes.live.push({ tenantId, change: { topic: 'user-task', id: row(event.key).id, processInstanceId: loaded.id } });
        break;
      case 'userTaskCompleted':
        completedTasks.set(event.key, event.by ?? null);
        break;
      case 'messageCorrelated':
      case 'signalReceived':
        metSubscriptions.add(event.subscription);
        break;
      case 'messagePublished':
        changes.messages.push({
          ...row(event.key),
          name: event.messageName,
          correlationKey: event.correlationKey ?? '',
          variables: event.variables,
        });
        break;
      case 'signalThrown':
        if (event.scope === undefined) changes.signals.push(signalFrom(stepped, event));
        break;
      case 'childStarted':
        if (event.detached === true || waiting(event.key) === 'child') addChild(stepped, stepped.definitions[migrations]!, event, changes);
        break;
      case 'elementCompleted':
      case 'elementTerminated':
        if (event.type === 'elementTerminated' && before.waiting.get(event.key) === 'child')
          changes.childrenCanceled.push({ tenantId, parentId: loaded.id, key: event.key });
        if (before.incidents.some(({ host }) => host === event.key)) changes.jobsGone.push(row(event.key));
        break;
      case 'timerRescheduled':
        if (before.timers.includes(event.timer) && find(instance.timers, event.timer) !== undefined)
          changes.timersMoved.push({ ...row(event.timer), runAt: event.dueAt });
        break;
      case 'instanceSuspended':
        if (instance.status === 'suspended') changes.suspended.push({ tenantId, instanceId: loaded.id });
        break;
      case 'commandDeferred':
        putAway(event.command, row, changes);
        break;
      case 'instanceMigrated':
        migrations++;
        break;
      // Told to others: answerOthers.
      case 'escalationThrown':
      case 'instanceCompleted':
      case 'instanceTerminated':
      case 'stepYielded':
      // Found by comparing: timers, subscriptions, incidents.
      case 'timerScheduled':
      case 'timerFired':
      case 'timerCanceled':
      case 'messageSubscriptionOpened':
      case 'signalSubscriptionOpened':
      case 'subscriptionClosed':
      case 'incidentCreated':
      case 'incidentResolved':
      // The status of the instance is a column of its own row.
      case 'instanceStarted':
      case 'instanceResumed':
      case 'instanceModified':
      case 'timeAdvanced':
      // Matters of the state alone.
      case 'elementActivated':
      case 'elementPassed':
      case 'tokenHeld':
      case 'routeChosen':
      case 'scopeOpened':
      case 'variablesSet':
      case 'childCompleted':
      case 'decisionEvaluated':
      case 'conditionArmed':
      case 'conditionChanged':
      case 'partSeen':
      case 'conversationBegun':
      case 'signalConsumed':
      case 'errorThrown':
      case 'errorCaught':
      case 'escalationCaught':
      case 'conditionDecided':
      case 'gatewayFired':
      case 'gatewayReset':
      case 'loopStarted':
      case 'inputsAwaited':
      case 'adHocActivated':
      case 'adHocStarted':
      case 'spawnedAwaited':
      case 'compensationRecorded':
      case 'compensationStarted':
      case 'compensationTaken':
        break;
    }
  }

  for (const [key, event] of jobs) if (waiting(key) === 'job') addJob(stepped, event, hosted, changes);
  for (const [key, event] of tasks) {
    if (waiting(key) !== 'userTask') continue;
    const elementId = elementOf(stepped, event);
    changes.tasks.push({ ...row(key), definitionId: stepped.definition.id, elementId, event, at: instance.at });
    completedTasks.delete(key); // done, and to be done again
  }
  for (const [key, was] of before.waiting) {
    if (was === waiting(key)) continue;
    if (was === 'job' && !(spent.has(key) && find(instance.elements, key) !== undefined)) changes.jobsGone.push(row(key));
    if (was === 'userTask' && !completedTasks.has(key))
      changes.tasksCanceled.push({ ...row(key), refused: isAnswered(stepped, 'completeUserTask', key) });
  }
  for (const [key, by] of completedTasks)
    if (before.waiting.get(key) === 'userTask') changes.tasksCompleted.push({ ...row(key), at: instance.at, by });
  collectTimers(stepped, row, changes);
  collectSubscriptions(stepped, row, metSubscriptions, changes);
  collectIncidents(stepped, row, changes);
  collectMigration(stepped, row, changes);
}

/** Where it is now: a migration may have come after the event. */
function elementOf({ instance }: Stepped, { key, elementId }: { readonly key: Key; readonly elementId: string }): string {
  return find(instance.elements, key)?.elementId ?? elementId;
}

function addJob(stepped: Stepped, event: Of<'jobCreated'>, hosted: ReadonlySet<string>, changes: Changes): void {
  const { loaded, definition } = stepped;
  changes.jobs.push({
    tenantId: loaded.tenantId,
    instanceId: loaded.id,
    id: rowId(loaded.id, event.key),
    kind: hosted.has(event.jobType) ? 'connector' : 'external',
    type: event.jobType,
    key: event.key,
    definitionId: definition.id,
    retries: event.retries,
    payload: { elementId: elementOf(stepped, event), headers: event.headers, variables: event.variables ?? {} },
  });
}

/** What is called is bound as the definition says that called it. */
function addChild({ loaded }: Stepped, caller: LoadedDefinition, event: Of<'childStarted'>, changes: Changes): void {
  changes.children.push({
    tenantId: loaded.tenantId,
    parentId: loaded.id,
    callerDefinitionId: caller.id,
    key: event.key,
    calledProcessId: event.calledProcessId,
    binding: event.binding,
    variables: event.variables,
    ...(event.businessKey !== undefined && { businessKey: event.businessKey }),
    callDepth: loaded.callDepth + 1,
    startedBy: loaded.startedBy,
  });
}

/** A suspended instance keeps the answer: its row has served, and must not be found due or taken over again. */
function putAway(command: Command, row: (key: Key) => RowOf, changes: Changes): void {
  if (command.type === 'fireTimer') changes.jobsGone.push(row(command.timer));
  else if (command.type === 'completeJob' || command.type === 'failJob' || command.type === 'throwError')
    changes.jobsParked.push(row(command.key));
}

function collectTimers({ instance, before }: Stepped, row: (key: Key) => RowOf, changes: Changes): void {
  const known = new Set(before.timers);
  for (const { key, dueAt } of instance.timers) {
    if (known.delete(key)) continue;
    changes.jobs.push({ ...row(key), kind: 'timer', type: '', key, definitionId: null, runAt: dueAt, retries: 0 });
  }
  for (const key of known) changes.jobsGone.push(row(key));
}

function collectIncidents({ instance, before, loaded }: Stepped, row: (key: Key) => RowOf, changes: Changes): void {
  const live = (id: string) =>
    changes.live.push({ tenantId: loaded.tenantId, change: { topic: 'incident', id, processInstanceId: loaded.id } });
  const known = new Set(before.incidents.map(({ key }) => key));
  for (const { key, elementId, code, message } of instance.incidents) {
    if (known.delete(key)) continue;
    changes.incidents.push({ ...row(key), key, elementId, code, message, at: instance.at });
    live(row(key).id);
  }
  for (const key of known) {
    changes.incidentsResolved.push({ ...row(key), at: instance.at });
    live(row(key).id);
  }
}
