import type { Compensable, ElementInstance, Instance, Key } from '../instance.js';
import type { ElementId } from '../model.js';
import type { Element, Process } from '../process.js';
import { get } from '../table.js';
import { incompatibility } from './compatible.js';
import { Correspondence } from './correspondence.js';
import { everyIn, heldIn, holdingsOf } from './holdings.js';
import { stuckJoins } from './stuck-joins.js';
import type { Whereabouts } from './stuck-joins.js';
import { eventProblems } from './triggers.js';

/** Why an instance cannot be moved to another version as it stands. */
export interface MigrationProblem {
  /** Stable slug. */
  readonly code:
    | 'wrong-process'
    | 'unknown-element'
    | 'element-missing'
    | 'element-differs'
    | 'nesting-differs'
    | 'flow-missing'
    | 'join-stuck'
    | 'quantity-differs'
    | 'event-differs'
    | 'compensation-missing';
  /** In the old version; of the mapping, if it names what does not exist. */
  readonly elementId: ElementId;
  /** A sentence. */
  readonly message: string;
}

/**
 * What stands against moving an instance from one version of its process to another; empty when nothing does.
 *
 * Looked at is what the instance holds now: where its tokens are, what is armed, what can be undone. What it has
 * passed, and what lies ahead of it, may differ freely, but for parallel joins that would wait for ever.
 */
export function planMigration(
  from: Process,
  to: Process,
  instance: Instance,
  mapping: Readonly<Record<ElementId, ElementId>>,
): readonly MigrationProblem[] {
  const problems: MigrationProblem[] = [];
  const add = (code: MigrationProblem['code'], elementId: ElementId, message: string) => {
    if (!problems.some((one) => one.code === code && one.elementId === elementId)) problems.push({ code, elementId, message });
  };
  if (instance.processId !== from.id) add('wrong-process', from.id, `The instance runs ${instance.processId}, not ${from.id}.`);
  for (const [source, target] of Object.entries(mapping)) {
    if (!from.byId.has(source)) add('unknown-element', source, `${source} is no element of the old version.`);
    if (!to.byId.has(target)) add('unknown-element', target, `${target} is no element of the new version.`);
  }
  const over = new Set(instance.detached?.map(({ elementId }) => elementId));
  for (const id of holdingsOf(instance).elements) {
    if (!from.byId.has(id) && !over.has(id))
      add('wrong-process', id, `The instance is at ${id}, and what was given as its version has no ${id}.`);
  }
  if (problems.length > 0) return problems;

  const found = new Correspondence(from, to, mapping);
  const plan: Plan = { found, instance, add };
  for (const token of instance.elements) checkToken(plan, token);
  for (const { elementId, scope } of instance.ready) if (checkElement(plan, elementId) !== undefined) checkNesting(plan, elementId, scope);
  checkHeld(plan);
  eventProblems(found, instance, add);
  for (const { compensable = [] } of instance.scopes) checkCompensation(plan, compensable);
  for (const { compensating = [] } of instance.elements) checkCompensation(plan, compensating);
  // Anything else is only worth knowing once every token has its place.
  if (problems.length === 0) checkJoins(plan);
  return problems;
}

interface Plan {
  readonly found: Correspondence;
  readonly instance: Instance;
  readonly add: (code: MigrationProblem['code'], elementId: ElementId, message: string) => void;
}

function checkToken(plan: Plan, { elementId, scope, pending = [], compensates }: ElementInstance): void {
  for (const id of pending) checkElement(plan, id);
  if (checkElement(plan, elementId) !== undefined && compensates === undefined) checkNesting(plan, elementId, scope);
}

/** @returns what it becomes, if it can */
function checkElement({ found, add }: Plan, elementId: ElementId): Element | undefined {
  const old = found.from.byId.get(elementId)!;
  const target = found.element(elementId);
  if (target === undefined) {
    add(
      'element-missing',
      elementId,
      `The instance is at ${elementId}, and the new version has no ${elementId}: map it to another element.`,
    );
    return undefined;
  }
  const reason = incompatibility(old, target);
  if (reason === undefined) return target;
  add('element-differs', elementId, `The instance is at ${elementId}, which ${reason}.`);
  return undefined;
}

/** What it runs inside must become what its target lies in. */
function checkNesting({ found, instance, add }: Plan, elementId: ElementId, scope: Key): void {
  const target = found.element(elementId)!;
  if (!isInside(found.from, elementId, insideOf(found.from, instance, scope))) return; // it was called, or undoes something
  const owner = scope === 0 ? undefined : get(instance.elements, scope);
  if (owner?.elementId === elementId) return; // an inner instance of a loop, in its body
  const newOwner = owner === undefined ? undefined : found.element(owner.elementId);
  if (owner !== undefined && newOwner === undefined) return; // told of the owner
  const expected = newOwner === undefined ? undefined : contentsOf(newOwner);
  if (target.model.parent === expected) return;
  const place = (id: ElementId | undefined) => (id === undefined ? 'the process itself' : id);
  add('nesting-differs', elementId, `${elementId} runs inside ${place(expected)}, but ${target.id} lies in ${place(target.model.parent)}.`);
}

function isInside(process: Process, elementId: ElementId, parent: ElementId | undefined): boolean {
  return process.byId.get(elementId)!.model.parent === parent;
}

/** The sub-process that a scope is the inside of; of the instance's own scope `undefined`. */
function insideOf(process: Process, instance: Instance, scope: Key): ElementId | undefined {
  return scope === 0 ? undefined : contentsOf(process.byId.get(get(instance.elements, scope).elementId)!);
}

function contentsOf({ id, model }: Element): ElementId {
  return model.kind === 'callActivity' && model.called.type === 'callable' ? model.called.elementId : id;
}

function checkHeld(plan: Plan): void {
  const { found, instance, add } = plan;
  for (const { elementId, tokens } of heldIn(instance)) {
    const target = found.element(elementId);
    if (target === undefined) continue;
    if (!target.model.kind.endsWith('Gateway')) {
      if (target.startQuantity > tokens.length) continue;
      add(
        'quantity-differs',
        elementId,
        `${tokens.length} tokens wait at ${elementId}, and ${target.id} needs no more than ${target.startQuantity}.`,
      );
      continue;
    }
    for (const { via } of tokens) {
      if (via === undefined || found.flow(via)?.target === target) continue;
      add('flow-missing', elementId, `A token that came on ${via} waits at ${elementId}, and ${target.id} has no such flow.`);
    }
  }
  for (const { resetting = {} } of instance.scopes) {
    for (const [elementId, flows] of Object.entries(resetting)) {
      checkElement(plan, elementId);
      const lost = flows.find((flow) => found.flow(flow) === undefined);
      if (lost !== undefined)
        add('flow-missing', elementId, `${elementId} has taken a token from ${lost}, and the new version has no such flow.`);
    }
  }
}

function checkCompensation({ found, add }: Plan, compensable: readonly Compensable[]): void {
  for (const { elementId } of everyIn(compensable)) {
    const [old, target] = [found.from.byId.get(elementId)!, found.element(elementId)];
    if (target === undefined) {
      add('compensation-missing', elementId, `${elementId} is done and can be undone, and the new version has no ${elementId}.`);
    } else if (old.compensation !== undefined && target.compensation === undefined) {
      add('compensation-missing', elementId, `${elementId} is done and can be undone, and nothing undoes ${target.id}.`);
    }
  }
}

/** Parallel joins that can be completed now, and could not any more. */
function checkJoins({ found, instance, add }: Plan): void {
  const inside = (process: Process, name: (id: ElementId) => ElementId) =>
    new Map(
      instance.scopes.map(({ key }) => [
        key,
        key === 0 ? undefined : contentsOf(process.byId.get(name(get(instance.elements, key).elementId))!),
      ]),
    );
  const now = whereabouts(instance);
  const before = stuckJoins(
    found.from,
    inside(found.from, (id) => id),
    now,
  );
  const name = (id: ElementId) => found.element(id)!.id;
  const then = now.map((one) => ({
    ...one,
    elementId: name(one.elementId),
    via: one.via === undefined ? undefined : (found.flow(one.via)?.id ?? one.via),
  }));
  for (const { join, scope, missing } of stuckJoins(found.to, inside(found.to, name), then)) {
    if (before.some((one) => one.scope === scope && found.element(one.join.id) === join)) continue;
    add('join-stuck', join.id, `${join.id} would wait for ever: no token of this instance can come on ${missing.join(', ')}.`);
  }
}

function whereabouts({ elements, ready }: Instance): readonly Whereabouts[] {
  // What is to be entered again is among the element instances already.
  return [...elements, ...ready.filter(({ key }) => key === undefined)].map(({ elementId, scope, via }) => ({ elementId, scope, via }));
}
