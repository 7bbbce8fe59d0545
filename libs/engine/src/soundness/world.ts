import { compile } from '../compile.js';
import { definitionsOf } from '../expressions-of.js';
import type { ElementId, ElementModel, ProcessModel } from '../model.js';
import type { Element, Process } from '../process.js';
import { flowQuestion } from './abstraction.js';
import { independentIn } from './independent.js';
import type { Independent } from './independent.js';
import { Questions } from './oracle.js';

/** An abstract model, ready to be explored, with what has to be looked up again and again. */
export interface World {
  readonly process: Process;
  readonly questions: Questions;
  /** Questions that tokens could meet again and again without ever waiting. */
  readonly restless: ReadonlySet<string>;
  /** Error codes that something around an element catches. */
  readonly codes: ReadonlyMap<ElementId, readonly string[]>;
  /** Elements a token comes to only after an event that did not interrupt: beside the main course of things. */
  readonly aside: ReadonlySet<ElementId>;
  readonly independent: Independent;
}

/** @throws ModelInvalid */
export function worldOf(model: ProcessModel): World {
  const questions = new Questions();
  const process = compile(model, {
    expressions: questions,
    decisions: { evaluate: () => ({ decisionId: '', value: null, rows: [], matches: [] }) },
  });
  const codes = codesIn(process);
  const independent = independentIn(process, codes);
  return { process, questions, restless: restlessIn(process), codes, aside: asideIn(process), independent };
}

/** A code for catchers that take every error. */
const ANY = 'any-error';

function codesIn({ elements, byId }: Process): ReadonlyMap<ElementId, readonly string[]> {
  const caughtBy = ({ model }: Element) =>
    'event' in model ? definitionsOf(model.event).flatMap((event) => (event.type === 'error' ? [event.errorCode ?? ANY] : [])) : [];
  const catchers = elements.filter(({ model }) => model.kind === 'boundaryEvent' || model.kind === 'startEvent');
  const all = [...new Set(catchers.flatMap(caughtBy))];
  // A callable runs wherever it is called.
  const isCallable = elements.some(({ model }) => model.kind === 'subProcess' && model.callable === true);
  const around = (element: Element | undefined): readonly string[] => {
    if (element === undefined) return [];
    const { parent } = element.model;
    const beside = elements.filter(
      ({ model }) => model.kind === 'subProcess' && model.triggeredByEvent === true && model.parent === parent,
    );
    const here = [...element.boundaries, ...beside.flatMap(({ starts }) => starts)].flatMap(caughtBy);
    return [...here, ...around(parent === undefined ? undefined : byId.get(parent))];
  };
  return new Map(elements.map((element) => [element.id, isCallable ? all : [...new Set(around(element))]]));
}

/** Loops over sub-processes, and flows out of elements that lie in a circle without anything that waits. */
function restlessIn({ elements }: Process): ReadonlySet<string> {
  const questions = new Set(elements.filter(({ loop }) => loop !== undefined).map(({ id }) => `loop:${id}`));
  for (const element of elements) {
    if (waits(element.model) || !reaches(element, element, waits)) continue;
    for (const { id } of element.outgoing) questions.add(flowQuestion(id));
  }
  return questions;
}

function waits(model: ElementModel): boolean {
  if (model.kind === 'intermediateCatchEvent') return model.event.type !== 'link';
  return (
    ['userTask', 'receiveTask', 'eventBasedGateway'].includes(model.kind) || (model.kind === 'callActivity' && model.detached !== true)
  );
}

/** Is there a way, through elements that do not count as walls? */
export function reaches(from: Element, to: Element, isWall: (model: ElementModel) => boolean = () => false): boolean {
  const seen = new Set<Element>();
  const open = successors(from);
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (element === to) return true;
    if (seen.has(element) || isWall(element.model)) continue;
    seen.add(element);
    open.push(...successors(element));
  }
  return false;
}

function successors({ outgoing, boundaries, linkTarget }: Element): Element[] {
  return [...outgoing.map(({ target }) => target), ...boundaries, ...(linkTarget === undefined ? [] : [linkTarget])];
}

function asideIn({ elements }: Process): ReadonlySet<ElementId> {
  const main = new Set<Element>();
  const open = elements.filter(({ incoming, model }) => incoming.length === 0 && !isAside(model));
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (main.has(element)) continue;
    main.add(element);
    open.push(...successors(element).filter(({ model }) => !isAside(model)));
  }
  return new Set(elements.filter((element) => !main.has(element)).map(({ id }) => id));
}

function isAside(model: ElementModel): boolean {
  return model.kind === 'boundaryEvent' && !model.interrupting;
}
