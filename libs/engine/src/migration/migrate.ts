import type { Instance } from '../instance.js';
import { expectRunning } from '../life-cycle.js';
import type { ElementId, Instant } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import type { Process } from '../process.js';
import { Refusal } from '../refusal.js';
import { Run } from '../run.js';
import type { StepResult } from '../step.js';
import { armNew } from './arm-new.js';
import { Correspondence } from './correspondence.js';
import { heldIn, holdingsOf } from './holdings.js';
import { planMigration } from './plan.js';
import { vanished } from './triggers.js';

export interface Migration {
  readonly at: Instant;
  /** Who asked, and why: for history. */
  readonly by?: string;
  readonly reason?: string;
  /** Old id → new id. What is not named keeps its id. */
  readonly mapping: Readonly<Record<ElementId, ElementId>>;
}

/**
 * Move an instance to another version of its process, or to another process: its tokens keep their places under
 * new names, what waits goes on waiting as it began. Events that are new are waited for, those that are gone no
 * longer are.
 *
 * Unlike `step` it leaves `instance` alone: the result holds a new one. Which definition the instance belongs to
 * is the shell's to note.
 *
 * @throws Refusal `migration-unsafe` with every reason, `instance-not-active`
 */
export function migrate(from: Process, to: Process, instance: Instance, migration: Migration): StepResult {
  expectRunning(instance);
  const problems = planMigration(from, to, instance, migration.mapping);
  if (problems.length > 0) throw new Refusal('migration-unsafe', problems.map(({ message }) => message).join(' '));

  const { at, by, reason, mapping } = migration;
  const found = new Correspondence(from, to, mapping);
  const copy = JSON.parse(JSON.stringify(instance)) as Instance;
  const run = new Run(to, { ...copy, ready: [] }, { type: 'continue', at, ...(by === undefined ? undefined : { by }) });
  run.advanceTime();
  cancelVanished(run, found);
  const { elements, flows } = holdingsOf(instance);
  run.emit({
    type: 'instanceMigrated',
    processId: to.id,
    elements: renamed(elements, (id) => found.element(id)?.id),
    flows: renamed(flows, (id) => found.flow(id)?.id),
    ...(by === undefined ? undefined : { by }),
    ...(reason === undefined ? undefined : { reason }),
  });
  sendOnTheirWay(run, found, instance);
  try {
    armNew(run, found, new Set(instance.ready.map(({ key }) => key)));
  } catch (error) {
    if (!(error instanceof EvaluationFailed)) throw error;
    throw new Refusal('migration-unsafe', `A new event cannot be waited for: ${error.message}`);
  }
  reenterJoins(run);
  // Whatever waits for variables may find them sufficient now.
  run.haveVariablesChanged = true;
  run.settle();
  return { instance: run.instance, events: run.events };
}

function cancelVanished(run: Run, found: Correspondence): void {
  for (const armed of vanished(found, run.instance)) {
    if ('dueAt' in armed) run.emit({ type: 'timerCanceled', timer: armed.key });
    else run.emit({ type: 'subscriptionClosed', subscription: armed.key });
  }
}

/** Only what has a place in the new version; names of what is over stay as they were. */
function renamed(ids: ReadonlySet<string>, name: (id: string) => string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...ids].flatMap((id): [string, string][] => {
      const target = name(id);
      return target === undefined ? [] : [[id, target]];
    }),
  );
}

/** Tokens that a yielded step left on their way go on to where their elements are now. */
function sendOnTheirWay(run: Run, found: Correspondence, { ready }: Instance): void {
  for (const { elementId, scope, via, key, ...arrival } of ready) {
    if (key !== undefined) run.reenter(key);
    else run.arrive(found.element(elementId)!, scope, via === undefined ? arrival : { ...arrival, via: found.flow(via)?.id ?? via });
  }
}

/** A parallel join that has lost a flow may be complete now; the other joins are looked at anyway. */
function reenterJoins(run: Run): void {
  for (const { elementId, tokens } of heldIn(run.instance)) {
    const { model, incoming } = run.element(elementId);
    const isComplete = incoming.every(({ id }) => tokens.some(({ via }) => via === id));
    if (model.kind === 'parallelGateway' && isComplete) run.reenter(tokens[0]!.key);
  }
}
