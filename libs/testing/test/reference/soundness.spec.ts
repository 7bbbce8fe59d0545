import { ModelInvalid, analyze, playCounterexample } from '@baton/engine';
import type { ElementModel, FlowModel, ProcessModel, SoundnessOptions, SoundnessReport } from '@baton/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/reference/explore.js';
import { mutants } from '../../src/reference/mutations.js';
import { structuredProcesses, unstructuredProcesses } from '../../src/reference/random-process.js';

// Features: B-02, E-02

/** Of each kind, so many at least. */
const ENOUGH = 200;
/** More are too many to be judged in a test. */
const MARKINGS_MAX = 300;

interface Case {
  readonly model: ProcessModel;
  readonly isSound: boolean;
  readonly findings: readonly string[];
}

/** Random processes and mutants of them that the reference could judge completely and the engine compiles. */
function cases(seed: number): readonly Case[] {
  const models = [
    ...fc.sample(structuredProcesses(), { numRuns: 330, seed }),
    ...fc.sample(unstructuredProcesses(), { numRuns: 30, seed }),
  ];
  const all = models.flatMap((model) => [model, ...mutants(model).flatMap((mutant, index) => (index % 17 === 0 ? [mutant.model] : []))]);
  return all.flatMap((model) => {
    const { sound, findings } = judge(model, MARKINGS_MAX);
    const isTold = !findings.includes('undecided') && !(findings.join() === 'deadElements' && mayEscalate(model));
    return isTold && reportOn(model) !== undefined ? [{ model, isSound: sound, findings }] : [];
  });
}

/** Here whoever does an activity may escalate to the events on its border; the reference knows no such workers. */
function mayEscalate({ elements }: ProcessModel): boolean {
  return elements.some((element) => {
    if (element.kind !== 'boundaryEvent' || element.event.type !== 'escalation') return false;
    return elements.some(({ id, kind }) => id === element.attachedTo && kind !== 'subProcess');
  });
}

/** The same with two tasks on each branch, and, if `plain`, with parallel gateways for all that take several flows. */
function stretched(model: ProcessModel, plain: boolean): ProcessModel {
  const forks = new Set<string>();
  const elements = model.elements.map((element): ElementModel => {
    const { id, kind, parent } = element;
    const isOther = kind === 'inclusiveGateway' || kind === 'complexGateway';
    if (kind === 'parallelGateway' || (plain && isOther)) forks.add(id);
    return plain && isOther ? { id, kind: 'parallelGateway', ...(parent === undefined ? {} : { parent }) } : element;
  });
  const flows = model.flows.flatMap((flow): FlowModel[] => {
    if (!forks.has(flow.source)) return [flow];
    const { id, source, target, parent } = flow;
    const base = parent === undefined ? {} : { parent };
    const [first, second] = [`${id}_first`, `${id}_second`];
    for (const task of [first, second]) elements.push({ id: task, kind: 'userTask', ...base });
    return [
      { id, source, target: first, ...base },
      { id: `${id}_2`, source: first, target: second, ...base },
      { id: `${id}_3`, source: second, target, ...base },
    ];
  });
  return { ...model, elements, flows };
}

/** What is told, with where. Which of all situations in an endless part is told may differ. */
function told({ findings }: SoundnessReport): readonly string[] {
  return findings.map(({ code, elementIds }) => `${code} ${code === 'livelock' ? '' : elementIds.toSorted().join()}`).toSorted();
}

function expectShown(model: ProcessModel, report: SoundnessReport | undefined): void {
  for (const { code, counterexample } of report?.findings ?? []) {
    if (counterexample === undefined) {
      expect(['dead-element', 'unreachable-end', 'undecided']).toContain(code);
      continue;
    }
    const { isStuck, crowded, instance } = playCounterexample(model, counterexample);
    if (code === 'deadlock' || code === 'tokens-left') expect(isStuck).toBe(true);
    else if (code === 'lack-of-synchronization') expect(crowded).not.toEqual([]);
    else expect(instance.status).toBe('active');
  }
}

const reports = new Map<ProcessModel, SoundnessReport | undefined>();

/** Nothing for what does not compile: such mistakes are found before anything runs. */
function reportOn(model: ProcessModel): SoundnessReport | undefined {
  if (!reports.has(model)) reports.set(model, analyzed(model));
  return reports.get(model);
}

function analyzed(model: ProcessModel, options: SoundnessOptions = {}): SoundnessReport | undefined {
  try {
    return analyze(model, { maxStates: 1_000, ...options });
  } catch (error) {
    if (error instanceof ModelInvalid) return undefined;
    throw error;
  }
}

describe('the soundness check', () => {
  const seed = Number(process.env['SEED'] ?? 20_261_121);
  console.info(`soundness: SEED=${seed}`);
  const all = cases(seed);
  const [sound, faulty] = [all.filter(({ isSound }) => isSound), all.filter(({ isSound }) => !isSound)];

  it('is compared with the reference on enough sound and faulty processes', () => {
    expect(sound.length).toBeGreaterThanOrEqual(ENOUGH);
    expect(faulty.length).toBeGreaterThanOrEqual(ENOUGH);
  });

  it('raises no false alarm', () => {
    const alarms = sound.filter(({ model }) => reportOn(model)?.verdict === 'unsound');
    expect(alarms.map(({ model }) => [reportOn(model)?.findings, JSON.stringify(model)])).toEqual([]);
  });

  it('seldom gives up', () => {
    const undecided = sound.filter(({ model }) => reportOn(model)?.verdict === 'undecided');
    expect(undecided.length).toBeLessThan(sound.length / 50);
  });

  it('finds every fault', () => {
    // Two tokens beside the main course are only noted; the reference counts them.
    const missed = faulty.filter(({ model }) => reportOn(model)?.findings.length === 0);
    expect(missed.map(({ model, findings }) => [findings, reportOn(model)?.findings, JSON.stringify(model)])).toEqual([]);
  });

  it('says the same whether it takes parts together or not', () => {
    // What follows after two tokens met in one place is a consequence, and may be told or not.
    const codes = ({ findings }: SoundnessReport) => {
      const all = [...new Set(findings.map(({ code }) => code))].toSorted();
      return all.includes('lack-of-synchronization') ? 'lack-of-synchronization' : all.join();
    };
    for (const { model } of all) {
      const [whole, parts] = [analyze(model, { maxStates: 1_000, reduce: false }), reportOn(model)];
      if (parts === undefined || codes(whole).includes('undecided')) continue;
      expect([codes(parts), JSON.stringify(model)]).toEqual([codes(whole), JSON.stringify(model)]);
    }
  });

  it('says the same whether it tries all orders or not', () => {
    let [compared, thinned, faults] = [0, 0, 0];
    for (const [index, { model }] of all.entries()) {
      if (index % 2 === 1) continue;
      const longer = stretched(model, index % 3 !== 0);
      for (const reduce of [false, true]) {
        const [whole, thin] = ([false, 'only'] as const).map((option) => analyzed(longer, { maxStates: 400, reduce, thin: option }));
        if (whole === undefined || thin === undefined || whole.findings.some(({ code }) => code === 'undecided')) continue;
        expect([told(thin), JSON.stringify(longer)]).toEqual([told(whole), JSON.stringify(longer)]);
        if (!reduce) expectShown(longer, thin);
        compared += 1;
        if (thin.states === whole.states) continue;
        thinned += 1;
        if (whole.findings.length > 0) faults += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(300);
    // That many, sound and faulty, have orders that make no difference.
    expect(thinned).toBeGreaterThanOrEqual(ENOUGH);
    expect(Math.min(faults, thinned - faults)).toBeGreaterThan(ENOUGH / 10);
  });

  it('shows what it says by a counterexample that plays', () => {
    for (const { model } of faulty) expectShown(model, reportOn(model));
  });
});
