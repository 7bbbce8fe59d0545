import type { Json } from '@baton/engine';
import { reads, toJson } from '@baton/expressions';
import { Compiler } from './compile-boxed.js';
import { resultNames } from './compile-model.js';
import { listValues } from './decision-table.js';
import { Types } from './types.js';
import type { Boxed, Decision, DmnModel, TableInput } from './model.js';

/** One value a decision wants from outside. */
export interface DecisionInput {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'date' | 'time' | 'dateTime' | 'duration' | 'any';
  readonly allowedValues?: readonly Json[];
}

/**
 * What must be known to make a decision, that of its required decisions included.
 *
 * Input data elements are named with their type; where a file has none, as Camunda 7's, what the tables' input expressions read.
 *
 * @returns  An empty list for an unknown decision.
 */
export function decisionInputs(model: DmnModel, decisionId: string): readonly DecisionInput[] {
  const found = new Map<string, DecisionInput>();
  const types = new Types(model);
  const compiler = new Compiler(types);
  const visited = new Set<string>();
  const add = (name: string, type: DecisionInput['type'], allowed: readonly unknown[]) => {
    const known = found.get(name);
    const allowedValues = allowed.length > 0 ? allowed.map((value) => toJson(value)) : known?.allowedValues;
    found.set(name, { name, type: known && known.type !== 'any' ? known.type : type, ...(allowedValues && { allowedValues }) });
  };
  const visit = (decision: Decision): void => {
    if (visited.has(decision.id)) return;
    visited.add(decision.id);
    const required = model.decisions.filter(({ id }) => decision.requirements.decisions.includes(id));
    const made = new Set(required.flatMap((each) => Object.keys(resultNames(each, null))));
    const functions = [...model.functions, ...model.services]
      .filter(({ id }) => decision.requirements.functions.includes(id))
      .map(({ name }) => name);
    for (const each of required) visit(each);
    for (const input of model.inputs.filter(({ id }) => decision.requirements.inputs.includes(id))) {
      const type = types.find(input.typeRef);
      const allowed = type?.allowed === undefined ? [] : listValues({ text: type.allowed, language: 'feel', id: '', line: 0 }, compiler);
      add(input.name, typeName(type?.typeRef ?? input.typeRef), allowed);
    }
    if (decision.logic?.kind !== 'table') {
      for (const name of namesIn(decision.logic))
        if (!made.has(name) && !functions.includes(name) && !found.has(name)) add(name, 'any', []);
      return;
    }
    for (const input of decision.logic.inputs) {
      for (const name of namesOf(input)) {
        if (made.has(name) || functions.includes(name)) continue;
        const alone = input.expression.text === name;
        add(name, alone ? typeName(input.typeRef) : 'any', alone && input.values ? listValues(input.values, compiler) : []);
      }
    }
  };
  const decision = model.decisions.find(({ id }) => id === decisionId) ?? model.decisions.find(({ name }) => name === decisionId);
  if (decision) visit(decision);
  return [...found.values()];
}

function namesOf(input: TableInput): readonly string[] {
  return readsOf(input.expression.text);
}

/** Only of a plain text: other boxed expressions come from tools that also write input data. */
function namesIn(logic: Boxed | undefined): readonly string[] {
  return logic?.kind === 'literal' ? readsOf(logic.text) : [];
}

function readsOf(text: string): readonly string[] {
  try {
    return reads({ language: 'feel', text });
  } catch {
    // A name with unusual characters: such files declare their input data.
    return [];
  }
}

function typeName(typeRef: string | undefined): DecisionInput['type'] {
  switch (typeRef) {
    case 'string':
    case 'boolean':
    case 'date':
    case 'time':
      return typeRef;
    case 'number':
    case 'integer':
    case 'long':
    case 'double':
      return 'number';
    case 'dateTime':
    case 'date and time':
      return 'dateTime';
    default:
      return typeRef?.toLowerCase().includes('duration') ? 'duration' : 'any';
  }
}
