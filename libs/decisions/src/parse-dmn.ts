import { CompiledModel } from './compile-model.js';
import { DmnInvalid } from './dmn-invalid.js';
import { readDmn } from './read-dmn.js';
import type { DmnProblem } from './dmn-invalid.js';
import type { DmnModel, Requirements } from './model.js';

/**
 * Read and check a DMN file of version 1.1 to 1.5. The model is plain JSON.
 *
 * @throws DmnInvalid  with every finding: `xml-malformed`, `xml-dtd-forbidden`, `payload-too-large`, `dmn-limit`, `dmn-not-dmn`,
 *   `dmn-duplicate-id`, `dmn-unresolved-reference`, `dmn-cycle`, `dmn-invalid`, `feel-syntax` …, each with its line.
 */
export async function parseDmn(xml: string): Promise<DmnModel> {
  const model = readDmn(xml);
  const problems = [...duplicates(model), ...dangling(model), ...tables(model)];
  if (problems.length === 0) problems.push(...cycles(model));
  if (problems.length === 0) problems.push(...new CompiledModel(model).problems);
  if (problems.length > 0) throw new DmnInvalid(problems);
  return model;
}

function elementsOf(model: DmnModel) {
  return [...model.inputs, ...model.decisions, ...model.functions, ...model.services];
}

function duplicates(model: DmnModel): DmnProblem[] {
  const seen = new Set<string>();
  return elementsOf(model).flatMap(({ id, line }) => {
    const problem = { code: 'dmn-duplicate-id', message: `The id "${id}" is used twice.`, elementId: id, line };
    return seen.has(id) ? [problem] : (seen.add(id), []);
  });
}

/** References into another file (`namespace#id`) are left to whoever has that file. */
function dangling(model: DmnModel): DmnProblem[] {
  const known = new Set(elementsOf(model).map(({ id }) => id));
  const check = (from: { id: string; line: number }, references: readonly string[]) =>
    references
      .filter((reference) => !known.has(reference) && !reference.includes('#'))
      .map((reference) => ({
        code: 'dmn-unresolved-reference',
        message: `"${from.id}" requires "${reference}", which is not in this file.`,
        elementId: from.id,
        line: from.line,
      }));
  return [
    ...[...model.decisions, ...model.functions].flatMap((element) => check(element, requiredBy(element.requirements))),
    ...model.services.flatMap((service) => check(service, [...service.outputs, ...service.inputDecisions, ...service.inputs])),
  ];
}

function tables(model: DmnModel): DmnProblem[] {
  return model.decisions.flatMap(({ id, logic }) => {
    if (logic?.kind !== 'table') return [];
    const wrong = logic.rules.findIndex(
      ({ tests, outputs }) => tests.length !== logic.inputs.length || outputs.length !== logic.outputs.length,
    );
    const problems: DmnProblem[] = [];
    if (wrong !== -1)
      problems.push({
        code: 'dmn-invalid',
        message: `Rule ${wrong + 1} of "${id}" has not one cell per column.`,
        elementId: id,
        line: logic.line,
      });
    if (logic.aggregation && logic.outputs.length !== 1) {
      problems.push({
        code: 'dmn-invalid',
        message: `"${id}" aggregates, so it must have exactly one output.`,
        elementId: id,
        line: logic.line,
      });
    }
    return problems;
  });
}

/** Decisions and functions that require themselves, over however many others. */
function cycles(model: DmnModel): DmnProblem[] {
  const elements = new Map([...model.decisions, ...model.functions].map((element) => [element.id, element]));
  const done = new Set<string>();
  const problems: DmnProblem[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const element = elements.get(id);
    if (!element || done.has(id)) return;
    if (path.includes(id)) {
      const way = [...path.slice(path.indexOf(id)), id].join(' → ');
      problems.push({ code: 'dmn-cycle', message: `These decisions require each other: ${way}.`, elementId: id, line: element.line });
      return;
    }
    for (const required of [...element.requirements.decisions, ...element.requirements.functions]) visit(required, [...path, id]);
    done.add(id);
  };
  for (const id of elements.keys()) visit(id, []);
  return problems;
}

function requiredBy({ inputs, decisions, functions }: Requirements): readonly string[] {
  return [...inputs, ...decisions, ...functions];
}
