import type { Instant, Json } from '@baton/engine';
import { dateAndTime, parseDate, unaryTest } from 'feelin';
import { isReserved } from '../own-value.js';
import { freeNames } from './free-names.js';
import { childrenOf, slice } from './feel-tree.js';
import { parseFeel } from './parse-feel.js';
import type { FeelNode } from './feel-tree.js';

export interface CompiledUnaryTests {
  /** Names the tests read or call besides the input. */
  readonly names: readonly string[];
  /** Does the input pass? `lookup` as in `CompiledFeel`. */
  test(input: unknown, lookup: (name: string) => unknown, now: Instant): boolean;
}

/**
 * Compile the tests of a decision table's cell: `-`, `"a", "b"`, `[1..10)`, `> 5`, `not("x")`, `? > limit` …
 *
 * Tests against literals become closures; everything else is handed to feelin as it is.
 *
 * @throws ExpressionInvalid  as `parseFeel`.
 */
export function compileUnaryTests(text: string, context: Readonly<Record<string, unknown>> = {}): CompiledUnaryTests {
  if (text.trim() === '' || text.trim() === '-') return { names: [], test: () => true };
  const tree = parseFeel(text, 'unaryTests', context);
  const simple = literalTests(text, tree);
  const { read, called } = freeNames(text, tree);
  const names = [...read, ...called].filter((name) => !isReserved(name));
  return {
    names,
    test(input, lookup, now) {
      const fast = simple?.(input);
      if (fast !== undefined) return fast;
      const iso = new Date(now).toISOString();
      const values: Record<string, unknown> = { now: () => dateAndTime(iso), today: () => parseDate(iso.slice(0, 10)), '?': input };
      for (const name of names) {
        const value = lookup(name);
        if (value !== undefined) values[name] = value;
      }
      return unaryTest(text, values).value === true;
    },
  };
}

type Test = (input: unknown) => boolean | undefined;

/** `undefined` from a test: not numbers with numbers or texts with texts, so feelin decides. */
function literalTests(text: string, tree: FeelNode): Test | null {
  const positive = tree.getChild('PositiveUnaryTests');
  if (!positive) return null;
  const tests: Test[] = [];
  for (const node of positive.getChildren('PositiveUnaryTest')) {
    const [child] = childrenOf(node);
    const test = child ? literalTest(text, child) : null;
    if (!test) return null;
    tests.push(test);
  }
  const negated = tree.getChild('not') !== null;
  return (input) => {
    for (const test of tests) {
      const passes = test(input);
      if (passes === undefined) return undefined;
      if (passes) return !negated;
    }
    return negated;
  };
}

function literalTest(text: string, node: FeelNode): Test | null {
  if (node.name !== 'SimplePositiveUnaryTest') {
    const expected = literalOf(text, node);
    return expected === undefined ? null : (input) => (typeof input === typeof expected ? input === expected : undefined);
  }
  const [first, second] = childrenOf(node);
  if (first?.name === 'Interval') return intervalTest(text, first);
  const bound = second ? literalOf(text, second) : undefined;
  if (!first || typeof bound !== 'number') return null;
  const compare = comparisons[slice(text, first)];
  return compare ? (input) => (typeof input === 'number' ? compare(input, bound) : undefined) : null;
}

function intervalTest(text: string, interval: FeelNode): Test | null {
  const [open, fromNode, , toNode, close] = childrenOf(interval);
  const from = fromNode ? literalOf(text, fromNode) : undefined;
  const to = toNode ? literalOf(text, toNode) : undefined;
  if (!open || !close || typeof from !== 'number' || typeof to !== 'number' || from > to) return null;
  const fromIncluded = slice(text, open) === '[';
  const toIncluded = slice(text, close) === ']';
  return (input) => {
    if (typeof input !== 'number') return undefined;
    return (fromIncluded ? input >= from : input > from) && (toIncluded ? input <= to : input < to);
  };
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function literalOf(text: string, node: FeelNode): Exclude<Json, object> | undefined {
  const written = slice(text, node);
  if (node.name === 'NumericLiteral') return /^-?\d*\.?\d+$/.test(written) ? Number(written) : undefined;
  if (node.name === 'StringLiteral') return written.includes('\\') ? undefined : written.slice(1, -1);
  return node.name === 'BooleanLiteral' ? written === 'true' : undefined;
}
