import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choices } from '../../src/reference/choice.js';
import { perform, start, type Step } from '../../src/reference/interpreter.js';
import type { TraceEntry } from '../../src/reference/marking.js';
import { netOf, type Net } from '../../src/reference/net.js';
import {
  chosen,
  ELEMENTS_MAX,
  initialVariables,
  paths,
  structuredProcesses,
  unstructuredProcesses,
  type Pick,
} from '../../src/reference/random-process.js';

// Features: E-01, E-02, E-04

const RUNS = 300;
const processes = fc.oneof(structuredProcesses(), unstructuredProcesses());

/** Follow a path to its end, the trace of the whole way beside. */
function follow(net: Net, begun: Step, path: readonly Pick[]): { readonly last: Step; readonly trace: readonly TraceEntry[] } {
  let last = begun;
  const trace = [...begun.trace];
  for (const pick of path) {
    const choice = chosen(choices(net, last.marking), pick);
    if (choice === undefined) break;
    last = perform(net, last.marking, choice);
    trace.push(...last.trace);
  }
  return { last, trace };
}

describe('random processes', () => {
  it('have unique ids, few elements, and flows that begin and end in one scope', () => {
    fc.assert(
      fc.property(processes, ({ elements, flows }) => {
        const parents = new Map(elements.map(({ id, parent }) => [id, parent]));
        expect(parents.size).toBe(elements.length);
        expect(new Set(flows.map(({ id }) => id)).size).toBe(flows.length);
        expect(elements.length).toBeLessThanOrEqual(ELEMENTS_MAX);
        for (const { source, target, parent } of flows) {
          expect(parents.has(source) && parents.has(target)).toBe(true);
          expect([parents.get(source), parents.get(target)]).toEqual([parent, parent]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('bring up every kind of element and event', () => {
    const models = fc.sample(processes, { numRuns: 4 * RUNS, seed: 1 });
    const seen = new Set(
      models.flatMap(({ elements }) =>
        elements.map((element) => ('event' in element ? `${element.kind} ${element.event.type}` : element.kind)),
      ),
    );
    const boundaries = ['timer', 'message', 'signal', 'error', 'escalation', 'cancel', 'compensation'].map(
      (type) => `boundaryEvent ${type}`,
    );
    const ends = ['none', 'terminate', 'error', 'escalation', 'signal', 'compensation', 'cancel'].map((type) => `endEvent ${type}`);
    const starts = ['none', 'timer', 'message', 'signal', 'error', 'escalation', 'compensation'].map((type) => `startEvent ${type}`);
    expect([...boundaries, ...ends, ...starts, 'eventBasedGateway', 'inclusiveGateway'].filter((kind) => !seen.has(kind))).toEqual([]);
  });
});

describe('reference: on random processes', () => {
  it('gives the same answer to the same path', () => {
    fc.assert(
      fc.property(processes, initialVariables(), paths(12), (model, variables, path) => {
        const net = netOf(model);
        const begun = start(net, variables);
        const before = JSON.stringify(begun.marking);
        const first = follow(net, begun, path);
        expect(JSON.stringify(begun.marking)).toBe(before);
        expect(follow(net, start(net, variables), path)).toEqual(first);
      }),
      { numRuns: RUNS },
    );
  });

  it('ends what it begins: every activation completes, is terminated or is still there', () => {
    fc.assert(
      fc.property(processes, initialVariables(), paths(30), (model, variables, path) => {
        const net = netOf(model);
        const { last, trace } = follow(net, start(net, variables), path);
        const count = (event: TraceEntry['event']) => trace.filter((entry) => entry.event === event).length;
        expect(count('activated')).toBe(count('completed') + count('terminated') + last.marking.visits.length);
        if (last.marking.status === 'completed') expect(last.marking.visits.length + last.marking.held.length).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('moves on until nothing can move', () => {
    fc.assert(
      fc.property(processes, initialVariables(), paths(30), (model, variables, path) => {
        const { marking } = follow(netOf(model), start(model, variables), path).last;
        if (!marking.overrun) expect(marking.moving).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('gets most structured processes somewhere', () => {
    const ends = fc
      .sample(fc.tuple(structuredProcesses(), initialVariables(), paths(60)), { numRuns: RUNS, seed: 2 })
      .map(([model, variables, path]) => follow(netOf(model), start(model, variables), path).last.marking);
    expect(ends.filter(({ status }) => status === 'completed').length).toBeGreaterThan(RUNS / 3);
  });
});
