import type { Event, Key } from '@baton/engine';
import { rowId } from '../row-id.js';
import type { Changes, RowOf } from './changes.js';
import type { Stepped } from './stepped.js';

/**
 * What the steps of one instance mean for the rows around it. Events ask (`jobCreated`); what ends without an event of its own,
 * because its element did, is found by comparing what was there before with what is there now.
 *
 * What came and went within the batch never had a row and gets none.
 */
export function collectChanges(stepped: Stepped, hosted: ReadonlySet<string>, changes: Changes): void {
  const { loaded, instance } = stepped;
  const row = (key: Key): RowOf => ({ tenantId: loaded.tenantId, instanceId: loaded.id, id: rowId(loaded.id, key) });
  const isNew = (key: Key) => !wasThere.has(key);
  const wasThere = new Set([...stepped.before.timers, ...stepped.before.subscriptions, ...stepped.before.incidents]);
  const created = new Set<Key>();
  const completedTasks = new Map<Key, string | null>();
  const metSubscriptions = new Set<Key>();

  for (const event of stepped.events) {
    switch (event.type) {
      case 'jobCreated':
        created.add(event.key);
        if (instance.elements[event.key]?.waiting === 'job') addJob(stepped, event, hosted, changes);
        break;
      case 'jobFailed':
        changes.jobsRetried.push({
          ...row(event.key),
          retriesLeft: event.retriesLeft,
          failedAt: instance.at,
          retryAt: event.retryAt ?? null,
        });
        break;
      case 'userTaskCreated':
        created.add(event.key);
        if (instance.elements[event.key]?.waiting === 'userTask') {
          changes.tasks.push({ ...row(event.key), definitionId: stepped.definition.id, event, at: instance.at });
        }
        break;
      case 'userTaskAssigned':
        // The row is the API's to decide; who looks at it has to hear.
        changes.live.push({
          tenantId: loaded.tenantId,
          change: { topic: 'user-task', id: row(event.key).id, processInstanceId: loaded.id },
        });
        break;
      case 'userTaskCompleted':
        completedTasks.set(event.key, event.by ?? null);
        break;
      case 'messageCorrelated':
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
      case 'childStarted':
        created.add(event.key);
        if (instance.elements[event.key]?.waiting === 'child') addChild(stepped, event, changes);
        break;
      case 'elementCompleted':
      case 'elementTerminated':
        if (!created.has(event.key)) endOf(stepped, event, row(event.key), completedTasks, changes);
        break;
      default:
        break;
    }
  }
  for (const key of Object.keys(instance.timers).map(Number).filter(isNew)) {
    const { dueAt } = instance.timers[key]!;
    changes.jobs.push({ ...row(key), kind: 'timer', type: '', key, definitionId: null, runAt: dueAt, retries: 0 });
  }
  for (const key of stepped.before.timers) if (instance.timers[key] === undefined) changes.jobsGone.push(row(key));
  collectSubscriptions(stepped, row, isNew, metSubscriptions, changes);
  collectIncidents(stepped, row, isNew, changes);
}

function addJob(stepped: Stepped, event: Extract<Event, { type: 'jobCreated' }>, hosted: ReadonlySet<string>, changes: Changes): void {
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
    payload: { elementId: event.elementId, headers: event.headers, variables: event.variables ?? {} },
  });
}

function addChild(stepped: Stepped, event: Extract<Event, { type: 'childStarted' }>, changes: Changes): void {
  const { loaded, definition } = stepped;
  changes.children.push({
    tenantId: loaded.tenantId,
    parentId: loaded.id,
    callerDefinitionId: definition.id,
    key: event.key,
    calledProcessId: event.calledProcessId,
    binding: event.binding,
    variables: event.variables,
    ...(event.businessKey !== undefined && { businessKey: event.businessKey }),
    callDepth: loaded.callDepth + 1,
    startedBy: loaded.startedBy,
  });
}

/** The row of an element instance that was there before this batch goes, whatever kind of row it was. */
function endOf(
  stepped: Stepped,
  event: Extract<Event, { type: 'elementCompleted' | 'elementTerminated' }>,
  row: RowOf,
  completedTasks: ReadonlyMap<Key, string | null>,
  changes: Changes,
): void {
  const { loaded, definition, instance } = stepped;
  const model = definition.process.byId.get(event.elementId)?.model;
  if (model?.kind === 'userTask') {
    const by = completedTasks.get(event.key);
    if (by === undefined) changes.tasksCanceled.push({ ...row, refused: isRefused(stepped, 'completeUserTask', event.key) });
    else changes.tasksCompleted.push({ ...row, at: instance.at, by });
  } else if (model?.kind === 'callActivity') {
    if (event.type === 'elementTerminated')
      changes.childrenCanceled.push({ tenantId: loaded.tenantId, parentId: loaded.id, key: event.key });
  } else if (model && 'work' in model && model.work.kind === 'job') {
    changes.jobsGone.push(row);
  }
}

/**
 * Was this answer in the same step and came too late? Two that were both accepted may exclude each other: the first one is
 * applied, the second is on record as refused, and must not keep its row alive.
 */
function isRefused({ refused }: Stepped, type: 'completeUserTask' | 'correlateMessage', key: Key): boolean {
  return refused.some(
    ({ incoming: { command } }) =>
      command.type === type &&
      ((command.type === 'completeUserTask' && command.key === key) ||
        (command.type === 'correlateMessage' && command.subscription === key)),
  );
}

function collectSubscriptions(
  stepped: Stepped,
  row: (key: Key) => RowOf,
  isNew: (key: Key) => boolean,
  met: ReadonlySet<Key>,
  changes: Changes,
): void {
  const { instance, definition, before } = stepped;
  for (const key of Object.keys(instance.subscriptions).map(Number).filter(isNew)) {
    const { elementId, messageName, correlationKey } = instance.subscriptions[key]!;
    const { id: definitionId, processId } = definition;
    changes.subscriptions.push({ ...row(key), key, definitionId, processId, elementId, messageName, correlationKey: correlationKey ?? '' });
    changes.jobs.push({ ...row(key), kind: 'subscription', type: '', key, definitionId: null, retries: 0 });
  }
  for (const key of before.subscriptions) {
    if (instance.subscriptions[key] !== undefined) continue;
    if (met.has(key)) changes.subscriptionsMet.push(row(key));
    else changes.subscriptionsClosed.push({ ...row(key), refused: isRefused(stepped, 'correlateMessage', key) });
    changes.jobsGone.push(row(key));
  }
}

function collectIncidents(stepped: Stepped, row: (key: Key) => RowOf, isNew: (key: Key) => boolean, changes: Changes): void {
  const { instance, before, loaded } = stepped;
  const live = (id: string) =>
    changes.live.push({ tenantId: loaded.tenantId, change: { topic: 'incident', id, processInstanceId: loaded.id } });
  for (const key of Object.keys(instance.incidents).map(Number).filter(isNew)) {
    const { elementId, code, message } = instance.incidents[key]!;
    changes.incidents.push({ ...row(key), key, elementId, code, message, at: instance.at });
    live(row(key).id);
  }
  for (const key of before.incidents) {
    if (instance.incidents[key] !== undefined) continue;
    changes.incidentsResolved.push({ ...row(key), at: instance.at });
    live(row(key).id);
  }
}
