import { ExpressionInvalid } from '@baton/engine';
import { evaluate } from 'feelin';
import { placeOf } from '../text-place.js';
import { childrenOf, slice } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

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
    const [from, , to] = childrenOf(loop.getChild('IterationContext') ?? loop);
    const bounds = [from, to].map((bound) => (bound && isConstant(bound) ? Number(evaluate(slice(text, bound)).value) : Number.NaN));
    const length = Math.abs((bounds[1] ?? Number.NaN) - (bounds[0] ?? Number.NaN)) + 1;
    if (!Number.isNaN(length)) rounds *= length;
  }
  return rounds;
}

/** Neither a variable in it nor a loop. */
function isConstant(node: FeelNode): boolean {
  return !['VariableName', 'ForExpression', 'QuantifiedExpression'].includes(node.name) && childrenOf(node).every(isConstant);
}

function tooMuch(text: string, node: FeelNode, message: string): ExpressionInvalid {
  const { line, column } = placeOf(text, node.from);
  return new ExpressionInvalid('feel-limit', message, line, column);
}
