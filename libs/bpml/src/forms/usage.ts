import { expressionsOf } from '@baton/engine';
import type { ElementModel, EventDefinition, Expression, Loop, ProcessModel } from '@baton/engine';

/** The variables an expression reads, as `@baton/expressions` says. */
export type Reads = (expression: Expression) => readonly string[];

/** One place where a variable is read. `routes`: it decides where the token goes or who gets the task. */
export interface Use {
  readonly name: string;
  readonly expression: Expression;
  readonly isCondition: boolean;
}

/** What an element's own routing and assignment read: the conditions of its outgoing flows come with `conditionsAfter`. */
export function assignmentUses(element: ElementModel, reads: Reads): Use[] {
  return uses(assignments(element), reads, false);
}

function assignments(element: ElementModel): (Expression | undefined)[] {
  return element.kind === 'userTask' ? [element.assignee, element.candidateUsers, element.candidateGroups] : [];
}

/** The conditions of the flows that leave an element. */
export function conditionsAfter(model: ProcessModel, elementId: string, reads: Reads): Use[] {
  return model.flows.filter(({ source }) => source === elementId).flatMap(({ condition }) => uses([condition], reads, true));
}

/** Everything else an element reads: mappings, scripts, keys, timers, dates, what it calls. Outputs are read when it is done. */
export function otherUses(element: ElementModel, reads: Reads): Use[] {
  // What starts an instance comes from outside, before there are variables.
  if (element.kind === 'startEvent' && element.parent === undefined) return [];
  const outputs = 'outputs' in element ? (element.outputs ?? []).map(({ source }) => source) : [];
  const elsewhere = new Set<Expression | undefined>([...outputs, ...assignments(element)]);
  return uses(
    expressionsOf(element).filter((expression) => !elsewhere.has(expression)),
    reads,
    false,
  );
}

function uses(expressions: readonly (Expression | undefined)[], reads: Reads, isCondition: boolean): Use[] {
  return expressions.flatMap((expression) => (expression ? reads(expression).map((name) => ({ name, expression, isCondition })) : []));
}

/** Variables that something other than a person's form writes, anywhere in the process. */
export function automaticWrites(model: ProcessModel): ReadonlySet<string> {
  const written = new Set<string>();
  for (const element of model.elements) for (const name of writesOf(element)) written.add(name);
  return written;
}

function writesOf(element: ElementModel): readonly string[] {
  const names: (string | undefined)[] = 'outputs' in element ? (element.outputs ?? []).map(({ target }) => target) : [];
  if ('work' in element && element.work.kind !== 'message') names.push(element.work.resultVariable);
  if ('work' in element && element.work.kind === 'expression' && element.work.resultVariable === undefined) {
    names.push(...contextKeys(element.work.expression.text));
  }
  if (element.kind === 'startEvent') names.push(element.initiatorVariable);
  if (element.kind === 'userTask') names.push(element.assigneeVariable);
  if ('loop' in element) names.push(...loopWrites(element.loop));
  if (element.kind === 'subProcess') names.push(...(element.properties ?? []));
  if (element.kind === 'complexGateway') names.push('activationCount');
  if (element.kind === 'startEvent' || element.kind === 'boundaryEvent') names.push(...caughtWrites(element.event));
  return names.filter((name) => name !== undefined);
}

/** What the engine itself tells the inside of a loop, and what the loop collects. */
function loopWrites(loop: Loop | undefined): readonly (string | undefined)[] {
  if (!loop) return [];
  const counts = ['Instances', 'ActiveInstances', 'CompletedInstances', 'TerminatedInstances'];
  const told = ['loopCounter', ...counts.flatMap((name) => [`numberOf${name}`, `nrOf${name}`])];
  return loop.kind === 'standard' ? told : [...told, loop.elementVariable, loop.outputCollection];
}

function caughtWrites(event: EventDefinition): readonly (string | undefined)[] {
  if (event.type === 'multiple') return event.events.flatMap(caughtWrites);
  if (event.type === 'error') return [event.codeVariable, event.messageVariable];
  return event.type === 'escalation' ? [event.codeVariable] : [];
}

/** The keys of a FEEL context, which a script without a result variable writes as variables. */
function contextKeys(text: string): string[] {
  return [...text.matchAll(/[{,]\s*"?([\p{L}_$][\p{L}\d_$]*)"?\s*:/gu)].map(([, key = '']) => key);
}
