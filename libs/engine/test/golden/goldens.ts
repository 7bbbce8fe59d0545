import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EvaluationFailed } from '@baton/engine';
import type { Command, DecisionPort, Migration, Ports, ProcessModel } from '@baton/engine';
import { tinyExpressions } from '@baton/engine/testing';

/** One recorded instance: every command it got, the events that followed, and the state they added up to. */
export interface Golden {
  readonly version: number;
  readonly note?: string;
  readonly model: ProcessModel;
  readonly steps: readonly GoldenStep[];
}

export interface GoldenStep {
  readonly command?: Command;
  /** In place of a command: the instance was moved to another version. */
  readonly to?: ProcessModel;
  readonly migration?: Migration;
  /** As stored by that version. */
  readonly events: readonly unknown[];
  readonly state: unknown;
}

/** All recordings of one version, by file name. */
export function readGoldens(folder: string): readonly (readonly [string, Golden])[] {
  const path = join(import.meta.dirname, folder);
  const files = readdirSync(path).filter((file) => file.endsWith('.json'));
  return files.toSorted().map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(path, file), 'utf8')) as Golden]);
}

/** The one decision that recordings ask for: a discount by total. */
const decisions: DecisionPort = {
  evaluate(decisionId, _binding, scope) {
    if (decisionId !== 'discount') throw new EvaluationFailed('decision-not-found', `There is no decision ${decisionId}.`);
    const total = scope.get('total') ?? null;
    const isLarge = typeof total === 'number' && total > 100;
    const value = isLarge ? { rate: 0.1, tier: 'gold' } : { rate: 0, tier: 'plain' };
    const ruleIds = [isLarge ? 'rule-2' : 'rule-1'];
    return { decisionId, value, rows: [value], matches: [{ decisionId, decisionName: 'Discount', inputs: { total }, ruleIds, value }] };
  },
};

export const goldenPorts: Ports = { expressions: tinyExpressions, decisions };
