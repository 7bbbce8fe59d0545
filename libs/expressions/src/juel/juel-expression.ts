import { EvaluationFailed } from '@baton/engine';
import type { Evaluation, VariableScope } from '@baton/engine';
import { isReserved, readVariables } from '../own-value.js';
import type { ParsedExpression } from '../parsed-expression.js';
import { DateValue } from './date-value.js';
import { evaluateJuel, isExecution } from './evaluate-juel.js';
import { EXECUTION_METHODS } from './methods.js';
import { parseJuel } from './parse-juel.js';
import { juelInvalid } from './tokens.js';
import type { JuelNode } from './juel-syntax.js';

/** An expression of Camunda 7's files: text with `${…}` in it; `${…}` alone gives the value itself. */
export function juelExpression(text: string): ParsedExpression {
  const tree = parseJuel(text);
  const found = new Set<string>();
  collectReads(text, tree, found);
  const names = [...found].filter((name) => !isReserved(name));

  return {
    reads: names,
    compiled: {
      evaluate(scope: VariableScope): Evaluation {
        const reads = readVariables(names, scope);
        try {
          const value = evaluateJuel(tree, scope);
          return { value: value instanceof DateValue ? value.toString() : value, reads, warnings: [] };
        } catch (error) {
          const reason = error instanceof EvaluationFailed ? error.message : 'The date is out of range.';
          throw new EvaluationFailed('expression-failed', `${text}: ${reason}`, reads);
        }
      },
    },
  };
}

function collectReads(text: string, node: JuelNode, names: Set<string>): void {
  switch (node.kind) {
    case 'literal':
      return;
    case 'variable':
      if (isExecution(node)) throw juelInvalid(text, node.at, executionAdvice, 'juel-unsupported');
      names.add(node.name);
      return;
    case 'call': {
      if (node.target && isExecution(node.target)) {
        if (!EXECUTION_METHODS.includes(node.method)) throw juelInvalid(text, node.at, executionAdvice, 'juel-unsupported');
        const [name] = node.parameters;
        if (name?.kind === 'literal' && typeof name.value === 'string') names.add(name.value);
      } else if (EXECUTION_METHODS.includes(node.method)) {
        throw juelInvalid(text, node.at, `${node.method}() is a method of "execution" only.`, 'juel-unsupported');
      } else if (node.target) collectReads(text, node.target, names);
      for (const parameter of node.parameters) collectReads(text, parameter, names);
      return;
    }
    case 'property':
      collectReads(text, node.target, names);
      collectReads(text, node.name, names);
      return;
    case 'unary':
      collectReads(text, node.operand, names);
      return;
    case 'binary':
      collectReads(text, node.left, names);
      collectReads(text, node.right, names);
      return;
    case 'conditional':
      for (const part of [node.condition, node.positive, node.negative]) collectReads(text, part, names);
      return;
    case 'text':
      for (const part of node.parts) collectReads(text, part, names);
  }
}

const executionAdvice = 'Of "execution" only getVariable(…) and hasVariable(…) are available.';
