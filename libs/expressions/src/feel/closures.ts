import type { Json, VariableScope } from '@baton/engine';
import { isReserved, ownValue } from '../own-value.js';
import { childrenOf, slice } from './feel-tree.js';
import type { FeelNode } from './feel-tree.js';

/** Gives the value, or `undefined` where this fast path does not know FEEL's answer: feelin is then asked. */
export type Closure = (scope: VariableScope) => Json | undefined;

/**
 * The small part of FEEL that gateways and loops use, as JavaScript closures: literals, variable paths, comparison,
 * arithmetic, and / or / not, if, contexts, modulo.
 *
 * Only the plain case is decided here: numbers with numbers, texts with texts, truth values with truth values. Anything
 * else (a missing variable, null in a sum, mixed types) gives `undefined`, so that FEEL's rules and warnings
 * live in one place. `closures.differential.spec.ts` holds both against each other.
 *
 * @returns  null when the expression uses anything beyond that part.
 */
export function compileClosure(text: string, node: FeelNode): Closure | null {
  const children = childrenOf(node);
  const [first, second, third] = children;
  switch (node.name) {
    case 'Expression':
      return first && children.length === 1 ? compileClosure(text, first) : null;
    case 'ParenthesizedExpression':
      return second ? compileClosure(text, second) : null;
    case 'NumericLiteral':
      return /^-?\d*\.?\d+$/.test(slice(text, node)) ? constant(Number(slice(text, node))) : null;
    case 'StringLiteral':
      return slice(text, node).includes('\\') ? null : constant(slice(text, node).slice(1, -1));
    case 'BooleanLiteral':
      return constant(slice(text, node) === 'true');
    case 'null':
      return constant(null);
    case 'VariableName':
      return variable(text, node);
    case 'PathExpression':
      return first && third ? path(text, first, third) : null;
    case 'ArithmeticExpression':
    case 'Comparison':
      return first && second && third && children.length === 3 ? binary(text, first, slice(text, second), third) : null;
    case 'Conjunction':
    case 'Disjunction':
      return first && third ? logical(text, first, third, node.name === 'Disjunction') : null;
    case 'IfExpression':
      return conditional(text, children);
    case 'Context':
      return contextLiteral(text, node);
    case 'FunctionInvocation':
      return first && third?.name === 'PositionalParameters' ? invocation(text, first, childrenOf(third)) : null;
    default:
      return null;
  }
}

function constant(value: Json): Closure {
  return () => value;
}

function variable(text: string, node: FeelNode): Closure | null {
  const name = slice(text, node);
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || isReserved(name)) return null;
  return (scope) => scope.get(name);
}

function path(text: string, target: FeelNode, property: FeelNode): Closure | null {
  const object = compileClosure(text, target);
  const name = slice(text, property);
  if (!object || /\s/.test(name)) return null;
  return (scope) => ownValue(object(scope), name) as Json | undefined;
}

function binary(text: string, leftNode: FeelNode, operator: string, rightNode: FeelNode): Closure | null {
  const left = compileClosure(text, leftNode);
  const right = compileClosure(text, rightNode);
  if (!left || !right) return null;
  switch (operator) {
    case '+':
      return (scope) => {
        const a = left(scope);
        const b = right(scope);
        if (typeof a === 'number' && typeof b === 'number') return a + b;
        return typeof a === 'string' && typeof b === 'string' ? a + b : undefined;
      };
    case '-':
      return numeric(left, right, (a, b) => a - b);
    case '*':
      return numeric(left, right, (a, b) => a * b);
    case '/':
      return numeric(left, right, (a, b) => (b === 0 ? undefined : a / b));
    case '<':
      return numeric(left, right, (a, b) => a < b);
    case '<=':
      return numeric(left, right, (a, b) => a <= b);
    case '>':
      return numeric(left, right, (a, b) => a > b);
    case '>=':
      return numeric(left, right, (a, b) => a >= b);
    case '=':
      return equality(left, right, true);
    case '!=':
      return equality(left, right, false);
    default:
      return null;
  }
}

function numeric(left: Closure, right: Closure, compute: (a: number, b: number) => number | boolean | undefined): Closure {
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    return typeof a === 'number' && typeof b === 'number' ? compute(a, b) : undefined;
  };
}

function equality(left: Closure, right: Closure, expected: boolean): Closure {
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    if (a === undefined || b === undefined) return undefined;
    if (a === null || b === null) return (a === b) === expected;
    return typeof a === typeof b && typeof a !== 'object' ? (a === b) === expected : undefined;
  };
}

function logical(text: string, leftNode: FeelNode, rightNode: FeelNode, decisive: boolean): Closure | null {
  const left = compileClosure(text, leftNode);
  const right = compileClosure(text, rightNode);
  if (!left || !right) return null;
  return (scope) => {
    const a = left(scope);
    if (typeof a !== 'boolean') return undefined;
    if (a === decisive) return decisive;
    const b = right(scope);
    return typeof b === 'boolean' ? b : undefined;
  };
}

function conditional(text: string, children: readonly FeelNode[]): Closure | null {
  const [condition, positive, negative] = [children[1], children[3], children[5]].map((node) => (node ? compileClosure(text, node) : null));
  if (!condition || !positive || !negative) return null;
  return (scope) => {
    const holds = condition(scope);
    return typeof holds === 'boolean' ? (holds ? positive : negative)(scope) : undefined;
  };
}

/** An entry that reads an earlier key of the same context is left to feelin. */
function contextLiteral(text: string, node: FeelNode): Closure | null {
  const entries: (readonly [string, Closure])[] = [];
  for (const entry of node.getChildren('ContextEntry')) {
    const [keyNode, valueNode] = childrenOf(entry);
    const key = keyNode ? slice(text, keyNode).replace(/^"([^"\\]*)"$/, '$1') : '';
    const value = valueNode ? compileClosure(text, valueNode) : null;
    if (!value || !valueNode || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) || isReserved(key)) return null;
    if (entries.some(([earlier]) => earlier === key || readsName(text, valueNode, earlier))) return null;
    entries.push([key, value]);
  }
  return (scope) => {
    const context: Record<string, Json> = {};
    for (const [key, entry] of entries) {
      const value = entry(scope);
      if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return undefined;
      context[key] = value;
    }
    return context;
  };
}

function readsName(text: string, node: FeelNode, name: string): boolean {
  if (node.name === 'VariableName') return slice(text, node) === name;
  return childrenOf(node).some((child) => readsName(text, child, name));
}

function invocation(text: string, target: FeelNode, parameters: readonly FeelNode[]): Closure | null {
  const [first, second] = parameters.map((parameter) => compileClosure(text, parameter));
  const name = slice(text, target);
  if (name === 'not' && first && parameters.length === 1) {
    return (scope) => {
      const value = first(scope);
      return typeof value === 'boolean' && scope.get(name) === undefined ? !value : undefined;
    };
  }
  if (name === 'modulo' && first && second && parameters.length === 2) {
    const modulo = numeric(first, second, (a, b) => (b === 0 ? undefined : feelModulo(a, b)));
    return (scope) => (scope.get(name) === undefined ? modulo(scope) : undefined);
  }
  return null;
}

/** The sign follows the divisor; rounded to nine places, as feelin does, so that 5.3 modulo 1 is 0.3. */
function feelModulo(dividend: number, divisor: number): number {
  return Math.round((((dividend % divisor) + divisor) % divisor) * 1e9) / 1e9;
}
