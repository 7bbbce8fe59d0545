import { basename } from 'node:path';
import type { Json } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { decide } from '../src/decide.js';
import { parseDmn } from '../src/parse-dmn.js';
import type { DmnModel } from '../src/model.js';
import { readDmn } from '../src/read-dmn.js';
import { hasTck, tckCases, tckModels } from './tck-cases.js';
import type { TckCase } from './tck-cases.js';

// Features: M-12

const NOW = Date.parse('2026-03-01T09:00:00Z');

const models = new Map<string, DmnModel>();

/** A file holds many cases; its model is read once. */
function modelOf(xml: string): DmnModel {
  const model = models.get(xml) ?? readDmn(xml);
  models.set(xml, model);
  return model;
}

/** What a decision that fails gives in the kit: null. */
function resultOf(testCase: TckCase): Json {
  try {
    return decide(modelOf(testCase.model), testCase.decision, testCase.inputs, NOW).value;
  } catch (error) {
    if (testCase.mayFail) return null;
    throw error;
  }
}

describe.skipIf(!hasTck)('DMN TCK (needs SUITES_DIR)', () => {
  describe('level 2', () => {
    it.each(hasTck ? tckModels(2).map((folder) => [basename(folder), folder] as const) : [])('%s', async (_name, folder) => {
      const cases = tckCases(folder);

      expect(cases.length).toBeGreaterThan(0);
      for (const testCase of cases) {
        await parseDmn(testCase.model);
        expect(rounded(resultOf(testCase)), testCase.name).toEqual(rounded(testCase.expected));
      }
    });
  });

  it('level 3 as a score', () => {
    let passed = 0;
    const failed = new Map<string, number>();
    const cases = tckModels(3).flatMap((folder) => tckCases(folder).map((testCase) => ({ folder: basename(folder), testCase })));
    for (const { folder, testCase } of cases) {
      if (passes(testCase)) passed++;
      else failed.set(folder, (failed.get(folder) ?? 0) + 1);
    }
    console.log(
      `DMN TCK level 3: ${passed} of ${cases.length} pass; failing: ${[...failed].map(([folder, count]) => `${folder} ${count}`).join(', ')}`,
    );

    // A floor, so that the score never falls unnoticed.
    expect(passed / cases.length).toBeGreaterThan(0.85);
  });
});

function passes(testCase: TckCase): boolean {
  try {
    return JSON.stringify(rounded(resultOf(testCase))) === JSON.stringify(rounded(testCase.expected));
  } catch {
    return false;
  }
}

/** Numbers are doubles here and decimals in the kit: compared to nine digits. Keys of contexts have no order. */
function rounded(value: Json): Json {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, entry]: [string, Json]) => [name, rounded(entry)]),
  );
}
