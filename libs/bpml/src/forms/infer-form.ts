import type { Form } from '@baton/contracts';
import type { ElementModel, FormField, ProcessModel } from '@baton/engine';
import { fieldsForm } from './fields-form.js';
import { kindOfValue, wordPattern } from './kind-of-value.js';
import { lastUserTasks, routeUses } from './route.js';
import { propertyOf, titleOf } from './property.js';
import type { DecisionInput, JsonObject } from './property.js';
import { automaticWrites, otherUses } from './usage.js';
import type { Reads, Use } from './usage.js';

/** What else is deployed and says something about the variables of this process. */
export interface FormSurroundings {
  /** What the decisions read that the processes call: leaf inputs, those of required decisions included. */
  readonly decisions?: readonly { readonly decisionId: string; readonly inputs: readonly DecisionInput[] }[];
  /** Processes that this one calls, and those that call it. */
  readonly processes?: readonly ProcessModel[];
}

/**
 * A form for a process that brings none: it asks for what is read and that nothing else writes.
 *
 * The start form has what decisions, calls, scripts and the first conditions read. A user task's form has what the
 * way to the next wait reads in conditions and assignments; the last user task of a called process also has what the
 * caller takes back. Only what a decision or condition needs is required. Fields the file lists itself win.
 *
 * @param where  `start`, or the id of a user task.
 * @returns      JSON Schema and UI schema in react-jsonschema-form's words; no properties when nothing is asked.
 */
export function inferForm(model: ProcessModel, where: string, reads: Reads, surroundings: FormSurroundings = {}): Form {
  const element = where === 'start' ? startOf(model) : model.elements.find(({ id, kind }) => id === where && kind === 'userTask');
  if (!element) return form([], new Map(), []);
  const fields = ownFields(element);
  if (fields) return fieldsForm(fields);
  const safely: Reads = (expression) => tolerate(() => reads(expression));
  const asked =
    element.kind === 'startEvent' ? askedAtStart(model, element, safely, surroundings) : askedByTask(model, element, safely, surroundings);
  return form(asked.names, asked.inputs, asked.uses);
}

interface Asked {
  readonly names: readonly string[];
  readonly inputs: ReadonlyMap<string, DecisionInput>;
  readonly uses: readonly Use[];
}

function askedAtStart(model: ProcessModel, start: ElementModel, reads: Reads, surroundings: FormSurroundings): Asked {
  const written = automaticWrites(model);
  const inputs = decisionInputs(model, surroundings);
  const early = routeUses(model, start, reads);
  const tasks = model.elements.filter(({ kind }) => kind === 'userTask');
  const askedLater = new Set(tasks.flatMap((task) => routeUses(model, task, reads)).map(({ name }) => name));
  const others = model.elements.flatMap((element) => otherUses(element, reads));
  const uses = [...early, ...others, ...calledUses(model, reads, surroundings)];
  const known = new Set(early.map(({ name }) => name));
  const names = [...inputs.keys(), ...early.map(({ name }) => name), ...others.map(({ name }) => name)];
  return {
    names: names.filter((name) => !written.has(name) && (known.has(name) || inputs.has(name) || !askedLater.has(name))),
    inputs,
    uses,
  };
}

function askedByTask(model: ProcessModel, task: ElementModel, reads: Reads, surroundings: FormSurroundings): Asked {
  const start = startOf(model);
  const inputs = decisionInputs(model, surroundings);
  const written = automaticWrites(model);
  const atStart = new Set(start ? routeUses(model, start, reads).map(({ name }) => name) : []);
  const route = routeUses(model, task, reads);
  const returned = lastUserTasks(model).includes(task) ? returnedUses(model, reads, surroundings) : [];
  const uses = [...route, ...returned];
  const names = uses.map(({ name }) => name).filter((name) => !written.has(name) && !atStart.has(name) && !inputs.has(name));
  return { names, inputs: new Map(), uses };
}

/** What callers take back from this process, with what they then do with it. */
function returnedUses(model: ProcessModel, reads: Reads, { processes = [] }: FormSurroundings): Use[] {
  return processes.flatMap((caller) =>
    caller.elements.flatMap((call) => {
      if (call.kind !== 'callActivity' || calledProcess(call) !== model.id) return [];
      const given = new Set((call.inputs ?? []).map(({ target }) => target));
      const after = routeUses(caller, call, reads);
      return (call.outputs ?? []).flatMap(({ source, target }) => {
        const names = reads(source).filter((name) => !given.has(name));
        // Told in this process's own name, so that the caller's condition shows what kind of value it is.
        const told = after
          .filter(({ name }) => name === target && names.length === 1)
          .map((use) => renamed(use, target, names[0] ?? target));
        return [...told, ...names.map((name) => ({ name, expression: source, isCondition: false }))];
      });
    }),
  );
}

function renamed(use: Use, from: string, to: string): Use {
  if (from === to) return use;
  const text = use.expression.text.replaceAll(new RegExp(wordPattern(from), 'gu'), () => to);
  return { ...use, name: to, expression: { ...use.expression, text } };
}

/** How called processes use the variables they are handed under the same name: only to know what kind of values they are. */
function calledUses(model: ProcessModel, reads: Reads, { processes = [] }: FormSurroundings): Use[] {
  const called = new Set(model.elements.map(calledProcess));
  return processes
    .filter(({ id }) => id !== model.id && called.has(id))
    .flatMap((callee) => callee.elements.flatMap((element) => otherUses(element, reads)));
}

function calledProcess(element: ElementModel): string | undefined {
  return element.kind === 'callActivity' && element.called.type === 'process' ? element.called.processId.text : undefined;
}

function decisionInputs(model: ProcessModel, { decisions = [] }: FormSurroundings): Map<string, DecisionInput> {
  const called = new Set(
    model.elements.flatMap((element) => ('work' in element && element.work.kind === 'decision' ? [element.work.decisionId.text] : [])),
  );
  const written = automaticWrites(model);
  const inputs = decisions.filter(({ decisionId }) => called.has(decisionId)).flatMap((decision) => decision.inputs);
  return new Map(inputs.filter(({ name }) => !written.has(name)).map((input) => [input.name, input]));
}

function startOf(model: ProcessModel): ElementModel | undefined {
  return model.elements.find((element) => element.kind === 'startEvent' && element.parent === undefined && element.event.type === 'none');
}

function ownFields(element: ElementModel): readonly FormField[] | undefined {
  return element.kind === 'startEvent' || element.kind === 'userTask' ? element.formFields : undefined;
}

function form(names: readonly string[], inputs: ReadonlyMap<string, DecisionInput>, uses: readonly Use[]): Form {
  const properties: [string, JsonObject][] = [];
  const widgets: [string, JsonObject][] = [];
  const required: string[] = [];
  for (const name of new Set(names)) {
    const property = propertyOf(inputs.get(name), kindOfValue(name, uses));
    properties.push([name, { title: titleOf(name), ...property }]);
    if (property.type === 'boolean') widgets.push([name, { 'ui:widget': 'radio' }]);
    if (inputs.has(name) || uses.some((use) => use.isCondition && use.name === name)) required.push(name);
  }
  const order = properties.map(([name]) => name).sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  return {
    schema: { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) },
    uiSchema: { ...Object.fromEntries(widgets), ...(order.length > 0 && { 'ui:order': order }) },
    inferred: true,
  };
}

/** A text that no language accepts is reported when the file is deployed, not when its form is made. */
function tolerate(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}
