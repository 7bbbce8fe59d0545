import type { Mapping } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { feel } from './expression.js';
import { readFormula } from './formal-expression.js';
import type { Mappings } from './mappings.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/** What bpmn.io's modeler draws an arrow to where the activity has no data input. */
const PLACEHOLDER = '__targetRef_placeholder';
const DATA = /^(data(Object|Store)(Reference)?|property)$/;
const INTERFACE = /^(ioSpecification|data(Input|Output)|(input|output)Set)$/;
const IDENTIFIER = /^[\p{L}_$][\p{L}\d_$]*$/u;

/**
 * The variable a data element stands for: its name where that is a plain identifier, else its id.
 *
 * All references to one data object mean the same variable, whatever state they show it in.
 */
export function variableOf(reading: Reading, element: XmlElement): string {
  const object = reading.find(element.attribute('dataObjectRef') ?? element.attribute('dataStoreRef')) ?? element;
  const isObject = object.local === 'dataObject' || object.local === 'dataStore';
  const shown = isObject ? (reading.derive(dataReferences).get(object) ?? []) : [];
  const names = [object, ...shown].map((named) => named.attribute('name')?.trim() ?? '');
  const name = names.find((candidate) => IDENTIFIER.test(candidate) && candidate !== PLACEHOLDER);
  return name ?? (object.id ?? '').replace(/[^\p{L}\d_$]/gu, '_').replace(/^(?=\d)/, '_');
}

function dataReferences(reading: Reading): ReadonlyMap<XmlElement, readonly XmlElement[]> {
  const found = new Map<XmlElement, XmlElement[]>();
  for (const element of reading.root.walk()) {
    const object = reading.find(element.attribute('dataObjectRef') ?? element.attribute('dataStoreRef'));
    if (object) found.set(object, [...(found.get(object) ?? []), element]);
  }
  return found;
}

/**
 * What data associations move between variables, as mappings.
 *
 * Data objects are variables, so an association that copies one to a data input of the same name needs no mapping: the
 * activity sees it anyway. The same holds for outputs, and this keeps everything else an activity results in visible.
 * As soon as one output is renamed or transformed, what leaves is what associations and data outputs name (a data output
 * without an association under its own name), as the standard has it. Source: BPMN 2.0.2, 10.4.2 (execution semantics for data).
 */
export function readDataMappings(reading: Reading, element: XmlElement): Mappings {
  const loop = element.first('multiInstanceLoopCharacteristics');
  const perItem = new Set([loop?.childText('loopDataOutputRef'), loop?.first('outputDataItem')?.id].filter((id) => id !== undefined));
  const inputs = element.all('dataInputAssociation').flatMap((association) => move(reading, element, association));
  const collects = (association: XmlElement) => [...endsOf(association)].some((id) => perItem.has(id));
  const results = element.all('dataOutputAssociation').filter((association) => !collects(association));
  for (const association of element.all('dataOutputAssociation').filter(collects)) understandAssociation(reading, association);
  const moved = results.flatMap((association) => move(reading, element, association));
  const outputs = moved.length > 0 ? [...moved, ...unmoved(reading, element, results, perItem)] : [];
  understandInterface(reading, element);
  return { ...(inputs.length > 0 && { inputs }), ...(outputs.length > 0 && { outputs }) };
}

function* endsOf(association: XmlElement): Generator<string> {
  for (const end of [...association.all('sourceRef'), ...association.all('targetRef')]) yield end.text.trim();
}

/** Data outputs of an activity that leave under their own names. */
function unmoved(reading: Reading, element: XmlElement, associations: readonly XmlElement[], perItem: ReadonlySet<string>): Mapping[] {
  const moved = new Set(associations.flatMap((association) => association.all('sourceRef').map((end) => reading.find(end.text))));
  return dataOf(element, 'dataOutput')
    .filter((output) => !perItem.has(output.id ?? ''))
    .filter((output) => !moved.has(output) || associations.some((association) => isPlainCopy(reading, association, output)))
    .map((output) => variableOf(reading, output))
    .map((name) => ({ source: feel(name), target: name }));
}

function isPlainCopy(reading: Reading, association: XmlElement, source: XmlElement): boolean {
  const [from, ...others] = association.all('sourceRef').map((end) => reading.find(end.text));
  if (from !== source || others.length > 0 || association.first('transformation') || association.first('assignment')) return false;
  const target = association.childText('targetRef');
  return target !== undefined && variableNamed(reading, target) === variableOf(reading, source);
}

function dataOf(element: XmlElement, local: 'dataInput' | 'dataOutput'): readonly XmlElement[] {
  return [...element.all(local), ...(element.first('ioSpecification')?.all(local) ?? [])];
}

/** The mappings one association makes: its assignments, its transformation, or a copy under another name. One that is only drawn is preserved. */
function move(reading: Reading, owner: XmlElement, association: XmlElement): Mapping[] {
  const sources = association.all('sourceRef').map(({ text }) => text.trim());
  const target = association.childText('targetRef');
  const assignments = association.all('assignment');
  const transformation = association.first('transformation');
  const isDrawn = target === undefined || sources.length === 0 || [target, ...sources].some((end) => isPlaceholder(reading, end));
  if (isDrawn && assignments.length === 0 && !transformation) return [];
  understandAssociation(reading, association);
  if (assignments.length > 0) return assignments.flatMap((assignment) => assign(reading, owner, assignment));
  const name = variableNamed(reading, target ?? '');
  if (transformation) {
    const source = readFormula(reading, owner, transformation, 'transformation');
    return source && target !== undefined ? [{ source, target: name }] : [];
  }
  if (sources.length > 1) {
    reading.error('bpmn-invalid', `A data association of "${title(owner)}" has several sources and no transformation.`, association);
    return [];
  }
  const from = variableNamed(reading, sources[0] ?? '');
  return from === name ? [] : [{ source: feel(from), target: name }];
}

function understandAssociation(reading: Reading, association: XmlElement): void {
  reading.understandStandard(association);
  for (const end of endsOf(association)) markUsed(reading, end);
}

function assign(reading: Reading, owner: XmlElement, assignment: XmlElement): Mapping[] {
  const source = readFormula(reading, owner, assignment.first('from'), 'assignment');
  const to =
    assignment
      .childText('to')
      ?.replace(/^[$#]\{\s*(.*?)\s*\}$/, '$1')
      .replace(/^=\s*/, '') ?? '';
  if (!reading.find(to) && !IDENTIFIER.test(to)) {
    reading.error('bpmn-unsupported', `An assignment of "${title(owner)}" to "${to}" is not read: name one variable.`, assignment);
    return [];
  }
  return source ? [{ source, target: variableNamed(reading, to) }] : [];
}

/** The variable a reference means; what it refers to counts as read. Camunda 7's family writes names of variables where the standard has ids. */
export function variableNamed(reading: Reading, reference: string): string {
  markUsed(reading, reference);
  const element = reading.find(reference);
  return element ? variableOf(reading, element) : reference;
}

function isPlaceholder(reading: Reading, reference: string): boolean {
  return reading.find(reference)?.attribute('name') === PLACEHOLDER;
}

function markUsed(reading: Reading, reference: string | undefined): void {
  const element = reading.find(reference);
  if (!element || !DATA.test(element.local)) return;
  const object = reading.find(element.attribute('dataObjectRef') ?? element.attribute('dataStoreRef'));
  for (const used of object ? [element, object] : [element]) reading.understandStandard(used);
}

/** Data inputs and outputs only say what associations move. */
function understandInterface(reading: Reading, element: XmlElement): void {
  for (const child of element.children) {
    if (INTERFACE.test(child.local)) reading.understandStandard(child);
  }
}

/**
 * What an activity waits for: per input set the variables of the data objects that feed its required inputs.
 *
 * Inputs that nothing feeds, or that are optional, hold nobody up; one set without any other makes the activity begin at once.
 */
export function readInputSets(reading: Reading, element: XmlElement): readonly (readonly string[])[] | undefined {
  const feeds = new Map(
    element.all('dataInputAssociation').map((association) => [
      association.childText('targetRef'),
      association.all('sourceRef').flatMap(({ text }) => {
        const source = reading.find(text);
        return source && /^dataObject(Reference)?$/.test(source.local) ? [variableOf(reading, source)] : [];
      }),
    ]),
  );
  const sets = (element.first('ioSpecification')?.all('inputSet') ?? []).map((set) => {
    const optional = new Set([...set.all('optionalInputRefs'), ...set.all('whileExecutingInputRefs')].map(({ text }) => text.trim()));
    const required = set.all('dataInputRefs').filter(({ text }) => !optional.has(text.trim()));
    return [...new Set(required.flatMap(({ text }) => feeds.get(text.trim()) ?? []))];
  });
  return sets.length > 0 && sets.every((names) => names.length > 0) ? sets : undefined;
}
