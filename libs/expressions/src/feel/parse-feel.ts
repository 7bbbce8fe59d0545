import { ExpressionInvalid } from '@baton/engine';
import { parseExpression, parseUnaryTests } from 'feelin';
import { placeOf } from '../text-place.js';
import { slice } from './feel-tree.js';
import { checkLimits } from './limits.js';
import type { FeelNode } from './feel-tree.js';

/** Characters of one expression. Parsing time grows with the text, so the text is bounded. */
export const FEEL_LENGTH_MAX = 4096;

/** What people coming from other languages write, found at the place where the parser stops. */
const MISTAKES: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/^&&?/, 'FEEL writes "and".'],
  [/^\|\|?/, 'FEEL writes "or".'],
  [/^!/, 'FEEL writes not(…), and != for "is not equal".'],
  [/^'/, 'Text stands in double quotes.'],
  [/^[$#]\{?/, '${…} is JUEL, not FEEL: name the language, or write the name alone.'],
  [/^;/, 'An expression has no semicolon.'],
  [/^%/, 'FEEL writes modulo(a, b).'],
  [/^"[^"]*$/, 'A text begins here and never ends: a double quote is missing.'],
];

/**
 * Parse FEEL once, for its syntax.
 *
 * @param context  Names with unusual characters are recognised when an object with such keys is given; values do not matter.
 * @throws ExpressionInvalid  `feel-syntax` with line and column; `expression-too-long`, `feel-limit`.
 */
export function parseFeel(
  text: string,
  kind: 'expression' | 'unaryTests' = 'expression',
  context: Readonly<Record<string, unknown>> = {},
): FeelNode {
  if (text.length > FEEL_LENGTH_MAX) {
    throw new ExpressionInvalid(
      'expression-too-long',
      `An expression has at most ${FEEL_LENGTH_MAX} characters; this one has ${text.length}.`,
    );
  }
  if (text.trim() === '') throw new ExpressionInvalid('feel-syntax', 'The expression is empty.');
  const parse = kind === 'expression' ? parseExpression : parseUnaryTests;
  const top = parse(text, { ...context }, undefined).topNode;
  checkSyntax(text, top);
  if (kind === 'expression') checkComparisons(text, top);
  checkLimits(text, top);
  return top;
}

function checkSyntax(text: string, top: FeelNode): void {
  const error = firstError(top);
  if (!error) return;
  const rest = text.slice(error.from);
  const advice = MISTAKES.find(([pattern]) => pattern.test(rest))?.[1];
  const parent = error.parent?.name ?? 'Expression';
  const what =
    error.from < error.to
      ? `Unexpected "${firstLine(text.slice(error.from, error.to))}" in ${spell(parent)}.`
      : rest.trim() === ''
        ? `The ${spell(parent)} is not complete: something is missing at the end.`
        : `Unexpected "${firstLine(rest.trimStart()).slice(0, 20)}" in ${spell(parent)}.`;
  throw invalid(text, error.from, advice ? `${what} ${advice}` : what);
}

function firstError(node: FeelNode): FeelNode | null {
  const cursor = node.cursor();
  do {
    if (cursor.type.isError) return cursor.node;
  } while (cursor.next());
  return null;
}

/** `a == 1` parses (as a comparison with the test `= 1`) and is always null: certainly not what was meant. */
function checkComparisons(text: string, top: FeelNode): void {
  const test = top.getChild('SimplePositiveUnaryTest');
  const first = test?.getChild('CompareOp');
  if (test && first) {
    throw invalid(text, test.from, `The comparison ${slice(text, first)} has nothing on its left side.`);
  }
  const cursor = top.cursor();
  do {
    if (cursor.name !== 'Comparison') continue;
    const operator = cursor.node.getChild('CompareOp');
    const second = cursor.node.getChild('SimplePositiveUnaryTest')?.getChild('CompareOp');
    if (!operator || !second) continue;
    const written = text.slice(operator.from, second.to);
    const meant = { '==': '=', '===': '=', '<>': '!=', '=>': '>=', '=<': '<=' }[written.replaceAll(/\s/g, '')] ?? 'one operator';
    throw invalid(text, operator.from, `"${written}" is not a FEEL operator: write ${meant}.`);
  } while (cursor.next());
}

function invalid(text: string, offset: number, message: string): ExpressionInvalid {
  const { line, column } = placeOf(text, offset);
  return new ExpressionInvalid('feel-syntax', message, line, column);
}

/** `FunctionInvocation` → `function invocation`: the grammar's names are readable once split. */
function spell(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
