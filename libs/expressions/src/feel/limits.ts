import { ExpressionInvalid } from '@baton/engine';
import { placeOf } from '../text-place.js';
import type { FeelNode } from './parse-feel.js';

/** Rounds that the literal ranges of an expression may ask for, nested loops multiplied. */
export const LITERAL_ROUNDS_MAX = 100_000;

const NESTING_MAX = 200;

/**
 * Refuse loops that are long by their text alone, as `for i in 1..3000000 return i`.
 *
 * Ranges between variables cannot be judged here.
 *
 * @throws ExpressionInvalid  `feel-limit`, with the place of the range.
 */
export function checkLimits(text: string, node: FeelNode): void {
  visit(text, node, 1, 0);
}

function visit(text: string, node: FeelNode, rounds: number, depth: number): void {
  if (depth > NESTING_MAX) throw tooMuch(text, node, `The expression is nested more than ${NESTING_MAX} levels deep.`);
  let inner = rounds;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'InExpressions') inner *= roundsOf(text, child);
    if (inner > LITERAL_ROUNDS_MAX) throw tooMuch(text, child, `This loop goes round more than ${LITERAL_ROUNDS_MAX} times.`);
    visit(text, child, inner, depth + 1);
  }
}

function roundsOf(text: string, loops: FeelNode): number {
  let rounds = 1;
  for (const loop of loops.getChildren('InExpression')) {
    const [from, to] = loop.getChild('IterationContext')?.getChildren('NumericLiteral') ?? [];
    if (from && to) rounds *= Math.abs(Number(text.slice(to.from, to.to)) - Number(text.slice(from.from, from.to))) + 1;
  }
  return rounds;
}

function tooMuch(text: string, node: FeelNode, message: string): ExpressionInvalid {
  const { line, column } = placeOf(text, node.from);
  return new ExpressionInvalid('feel-limit', message, line, column);
}
