import { ModelInvalid, analyze, playCounterexample } from '@baton/engine';
import type { ProcessModel, SoundnessReport } from '@baton/engine';
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

const reports = new Map<ProcessModel, SoundnessReport | undefined>();

/** Nothing for what does not compile: such mistakes are found before anything runs. */
function reportOn(model: ProcessModel): SoundnessReport | undefined {
  if (!reports.has(model)) reports.set(model, analyzed(model));
  return reports.get(model);
}

function analyzed(model: ProcessModel): SoundnessReport | undefined {
  try {
    return analyze(model, { maxStates: 1_000 });
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

  it('shows what it says by a counterexample that plays', () => {
    for (const { model } of faulty) {
      for (const { code, counterexample } of reportOn(model)?.findings ?? []) {
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
  });
});
