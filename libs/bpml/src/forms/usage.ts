import type { ElementModel, Expression, ProcessModel, Work } from '@baton/engine';

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
  if (element.kind !== 'userTask') return [];
  const { assignee, candidateUsers, candidateGroups } = element;
  return uses([assignee, candidateUsers, candidateGroups], reads, false);
}

/** The conditions of the flows that leave an element. */
export function conditionsAfter(model: ProcessModel, elementId: string, reads: Reads): Use[] {
  return model.flows.filter(({ source }) => source === elementId).flatMap(({ condition }) => uses([condition], reads, true));
}

/** Everything else an element reads: mappings, scripts, keys, timers, dates, what it calls. */
export function otherUses(element: ElementModel, reads: Reads): Use[] {
  const inputs = 'inputs' in element ? (element.inputs ?? []) : [];
  const texts: (Expression | undefined)[] = inputs.map(({ source }) => source);
  if ('work' in element) texts.push(...workExpressions(element.work));
  if (element.kind === 'userTask') texts.push(element.dueAt, element.followUpAt, element.priority);
  if (element.kind === 'callActivity') texts.push(element.calledProcessId, element.businessKey);
  if (element.kind === 'receiveTask') texts.push(element.message.name, element.message.correlationKey);
  if ('event' in element && element.event.type === 'timer') texts.push(element.event.timer.expression);
  if ('event' in element && element.event.type === 'message' && element.kind !== 'startEvent') {
    texts.push(element.event.message.name, element.event.message.correlationKey);
  }
  return uses(texts, reads, false);
}

function workExpressions(work: Work): (Expression | undefined)[] {
  switch (work.kind) {
    case 'job':
      return [work.jobType, work.retries];
    case 'expression':
      return [work.expression];
    case 'decision':
      return [work.decisionId];
    case 'message':
      return [work.message.name, work.message.correlationKey, ...(work.variables ?? []).map(({ source }) => source)];
  }
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
  if (element.kind === 'boundaryEvent' && element.event.type === 'error')
    names.push(element.event.codeVariable, element.event.messageVariable);
  return names.filter((name) => name !== undefined);
}

/** The keys of a FEEL context, which a script without a result variable writes as variables. */
function contextKeys(text: string): string[] {
  return [...text.matchAll(/[{,]\s*"?([\p{L}_$][\p{L}\d_$]*)"?\s*:/gu)].map(([, key = '']) => key);
}
