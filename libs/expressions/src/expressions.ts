import { ExpressionInvalid } from '@baton/engine';
import type { Expression, ExpressionPort } from '@baton/engine';
import { feelExpression } from './feel/feel-expression.js';
import { juelExpression } from './juel/juel-expression.js';
import type { ParsedExpression } from './parsed-expression.js';

/**
 * Parse one expression, to check it or to learn what it reads.
 *
 * @throws ExpressionInvalid `feel-syntax`, `juel-syntax`, `expression-too-long` … with line and column in the text.
 */
export function parseExpression(expression: Expression): ParsedExpression {
  switch (expression.language) {
    case 'literal':
      return { reads: [], compiled: { evaluate: () => ({ value: expression.text, reads: {}, warnings: [] }) } };
    case 'feel':
      return feelExpression(expression.text);
    case 'juel':
      return juelExpression(expression.text);
    case 'javascript':
      throw new ExpressionInvalid(
        'language-unsupported',
        'JavaScript expressions are not run by this version. Write the expression in FEEL, or hand the work to a job worker.',
      );
  }
}

/** The names of the variables an expression reads, as `ParsedExpression.reads`. @throws ExpressionInvalid */
export function reads(expression: Expression): string[] {
  return [...parseExpression(expression).reads];
}

/** The languages behind the engine's port. */
export const expressions: ExpressionPort = {
  compile: (expression) => parseExpression(expression).compiled,
};
