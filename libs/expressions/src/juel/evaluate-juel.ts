import { EvaluationFailed } from '@baton/engine';
import type { VariableScope } from '@baton/engine';
import { isReserved } from '../own-value.js';
import { applyBinary, isEmpty, toBoolean, toNumber, toText } from './operators.js';
import { DateValue } from './date-value.js';
import { NoSuchCall, callMethod, describe, entryOf } from './methods.js';
import type { JuelValue } from './methods.js';
import type { JuelNode } from './juel-syntax.js';

/**
 * The value of a JUEL tree, by JUEL's rules: null counts as 0 and as false, text is read as a number where one is needed.
 *
 * @throws EvaluationFailed  `expression-failed`: an unknown variable (as in Camunda 7), a method the value has not, a text that is no number.
 */
export function evaluateJuel(node: JuelNode, scope: VariableScope): JuelValue {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'variable':
      return variable(node.name, scope);
    case 'property':
      return entryOf(evaluateJuel(node.target, scope), evaluateJuel(node.name, scope)) ?? null;
    case 'call':
      return call(node, scope);
    case 'unary': {
      const operand = evaluateJuel(node.operand, scope);
      if (node.operator === 'empty') return isEmpty(operand);
      return node.operator === '!' ? !toBoolean(operand) : -toNumber(operand);
    }
    case 'binary':
      if (node.operator === '&&') return toBoolean(evaluateJuel(node.left, scope)) && toBoolean(evaluateJuel(node.right, scope));
      if (node.operator === '||') return toBoolean(evaluateJuel(node.left, scope)) || toBoolean(evaluateJuel(node.right, scope));
      return applyBinary(node.operator, evaluateJuel(node.left, scope), evaluateJuel(node.right, scope));
    case 'conditional':
      return evaluateJuel(toBoolean(evaluateJuel(node.condition, scope)) ? node.positive : node.negative, scope);
    case 'text':
      return node.parts.map((part) => toText(evaluateJuel(part, scope))).join('');
  }
}

function variable(name: string, scope: VariableScope): JuelValue {
  const value = isReserved(name) ? undefined : scope.get(name);
  if (value === undefined)
    throw new EvaluationFailed('expression-failed', `There is no variable "${name}". Set it before this element, or give it a default.`);
  return value;
}

function call(node: Extract<JuelNode, { kind: 'call' }>, scope: VariableScope): JuelValue {
  if (node.target === null) return new DateValue(scope.now);
  const parameters = node.parameters.map((parameter) => evaluateJuel(parameter, scope));
  if (isExecution(node.target)) {
    const name = parameters[0];
    const value = typeof name === 'string' && !isReserved(name) ? scope.get(name) : undefined;
    return node.method === 'hasVariable' ? value !== undefined : (value ?? null);
  }
  const target = evaluateJuel(node.target, scope);
  try {
    return callMethod(node.method, target, parameters);
  } catch (error) {
    if (!(error instanceof NoSuchCall)) throw error;
    const subject = node.target.kind === 'variable' ? `"${node.target.name}": ` : '';
    throw new EvaluationFailed('expression-failed', `${subject}${error.message} (it is ${describe(target)}).`);
  }
}

/** `execution` is the instance itself, not a variable. */
export function isExecution(node: JuelNode | null): boolean {
  return node?.kind === 'variable' && node.name === 'execution';
}
