import type { ElementModel, FlowModel, ProcessModel } from '@baton/engine';
import fc from 'fast-check';
import type { Choice } from './choice.js';
import { Grower } from './grower.js';
import type { Values } from './marking.js';
import { plans, type Plan } from './random-plan.js';

export const ELEMENTS_MAX = 30;

/** Random processes built of blocks: most of them can complete, not all. */
export function structuredProcesses(): fc.Arbitrary<ProcessModel> {
  return fc
    .array(plans(3), { minLength: 4, maxLength: 6, size: 'max' })
    .map((each) => grown({ type: 'sequence', plans: each }, ELEMENTS_MAX));
}

/** Leaves out so many blocks that the rest fits. */
function grown(plan: Plan, room: number): ProcessModel {
  const model = new Grower(room).process(plan);
  return model.elements.length <= ELEMENTS_MAX ? model : grown(plan, room - 2);
}

/** The same with flows between gateways that no block structure explains: late tokens, missing tokens, endless loops. */
export function unstructuredProcesses(): fc.Arbitrary<ProcessModel> {
  const extra = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
  return fc.tuple(structuredProcesses(), extra).map(([model, pairs]) => pairs.reduce(withFlow, model));
}

/** Small numbers for the variables that conditions read. */
export function initialVariables(): fc.Arbitrary<Values> {
  return fc.record({ n: fc.nat({ max: 3 }), x: fc.nat({ max: 3 }) });
}

/** Picks for one path: each chooses one of whatever can be answered then, and what the answer brings along. */
export function paths(lengthMax: number): fc.Arbitrary<readonly Pick[]> {
  return fc.array(fc.record({ choice: fc.nat(), n: fc.option(fc.nat({ max: 3 }), { nil: undefined }) }), {
    minLength: lengthMax / 2,
    maxLength: lengthMax,
    size: 'max',
  });
}

export interface Pick {
  readonly choice: number;
  readonly n: number | undefined;
}

/** What a pick chooses. Errors are few: most of them end a path early, caught by nobody. */
export function chosen(open: readonly Choice[], { choice, n }: Pick): Choice | undefined {
  const calm = open.filter(({ type }) => type !== 'throwError');
  const among = choice % 4 === 0 || calm.length === 0 ? open : calm;
  const picked = among[Math.floor(choice / 4) % Math.max(among.length, 1)];
  return picked?.type === 'complete' && n !== undefined ? { ...picked, variables: { n } } : picked;
}

function withFlow(model: ProcessModel, [from, to]: readonly [number, number]): ProcessModel {
  const sources = model.elements.filter(isGateway);
  const source = sources[from % Math.max(sources.length, 1)];
  const targets = sources.filter(({ id, parent }) => parent === source?.parent && id !== source?.id);
  const target = targets[to % Math.max(targets.length, 1)];
  if (source === undefined || target === undefined) return model;
  const flow: FlowModel = {
    id: `extra${model.flows.length}`,
    source: source.id,
    target: target.id,
    ...(source.parent === undefined ? {} : { parent: source.parent }),
    ...(source.kind === 'parallelGateway' ? {} : { condition: { language: 'feel', text: from % 2 === 0 ? 'n > 1' : 'x > 1' } }),
  };
  // First, so that it is not always overruled by what stood there before.
  return { ...model, flows: from % 3 === 0 ? [flow, ...model.flows] : [...model.flows, flow] };
}

function isGateway({ kind }: ElementModel): boolean {
  return kind === 'exclusiveGateway' || kind === 'parallelGateway' || kind === 'inclusiveGateway';
}
