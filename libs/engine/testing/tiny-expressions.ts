import { EvaluationFailed, ExpressionInvalid } from '../src/ports.js';
import type { CompiledExpression, ExpressionPort, VariableScope } from '../src/ports.js';
import type { Json, Variables } from '../src/json.js';

/**
 * Just enough of an expression language to test the engine with: literals, names, `+`, comparisons,
 * lists and contexts, written as in FEEL. Not FEEL: `1 + "a"` fails here, so that failures are easy to make.
 */
export const tinyExpressions: ExpressionPort = {
  compile({ text }): CompiledExpression {
    const parser = new Parser(text);
    const evaluate = parser.comparison();
    parser.expectEnd();
    return {
      evaluate(scope) {
        const reads: Record<string, Json> = {};
        return { value: evaluate(scope, reads), reads, warnings: [] };
      },
    };
  },
};

type Evaluate = (scope: VariableScope, reads: Record<string, Json>) => Json;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|("[^"]*")|([A-Za-z_]\w*)|(<=|>=|!=|[-+<>=(){}[\],:]))/y;

class Parser {
  private readonly tokens: { readonly kind: 'number' | 'text' | 'name' | 'sign'; readonly text: string }[] = [];
  private at = 0;

  constructor(private readonly source: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < source.trimEnd().length) {
      const from = TOKEN.lastIndex;
      const match = TOKEN.exec(source);
      if (match === null) throw new ExpressionInvalid('feel-syntax', 'There is a character I do not know.', 1, from + 1);
      const [, number, text, name, sign] = match;
      if (number !== undefined) this.tokens.push({ kind: 'number', text: number });
      else if (text !== undefined) this.tokens.push({ kind: 'text', text });
      else if (name !== undefined) this.tokens.push({ kind: 'name', text: name });
      else this.tokens.push({ kind: 'sign', text: sign! });
    }
  }

  expectEnd(): void {
    if (this.at < this.tokens.length) this.fail('the end');
  }

  comparison(): Evaluate {
    const left = this.sum();
    const sign = this.take('<') ?? this.take('>') ?? this.take('<=') ?? this.take('>=') ?? this.take('=') ?? this.take('!=');
    if (sign === undefined) return left;
    const right = this.sum();
    return (scope, reads) => compare(sign, left(scope, reads), right(scope, reads));
  }

  private sum(): Evaluate {
    let left = this.value();
    for (let sign = this.take('+') ?? this.take('-'); sign !== undefined; sign = this.take('+') ?? this.take('-')) {
      const [first, second, factor] = [left, this.value(), sign === '+' ? 1 : -1];
      left = (scope, reads) => number(first(scope, reads)) + factor * number(second(scope, reads));
    }
    return left;
  }

  private value(): Evaluate {
    const token = this.tokens[this.at++];
    if (token === undefined) return this.fail('a value');
    const { kind, text } = token;
    if (kind === 'number') return () => Number(text);
    if (kind === 'text') return () => text.slice(1, -1);
    if (kind === 'name') return this.name(text);
    if (text === '(') {
      const inner = this.comparison();
      if (this.take(')') === undefined) this.fail(')');
      return inner;
    }
    if (text === '[') {
      const items = this.items(']', () => this.comparison());
      return (scope, reads) => items.map((item) => item(scope, reads));
    }
    if (text === '{') return this.context();
    return this.fail('a value');
  }

  private name(text: string): Evaluate {
    if (text === 'true' || text === 'false') return () => text === 'true';
    if (text === 'null') return () => null;
    return (scope, reads) => {
      const value = scope.get(text) ?? null;
      Object.defineProperty(reads, text, { value, enumerable: true, configurable: true, writable: true });
      return value;
    };
  }

  private context(): Evaluate {
    const entries = this.items('}', () => {
      const key = this.tokens[this.at++]?.text ?? '';
      if (this.take(':') === undefined) this.fail(':');
      return { key, value: this.comparison() };
    });
    return (scope, reads): Variables => Object.fromEntries(entries.map(({ key, value }) => [key, value(scope, reads)]));
  }

  private items<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (this.take(end) === undefined) {
      items.push(item());
      if (this.take(',') === undefined && this.tokens[this.at]?.text !== end) this.fail(end);
    }
    return items;
  }

  private take(sign: string): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'sign' || token.text !== sign) return undefined;
    this.at += 1;
    return sign;
  }

  private fail(wanted: string): never {
    throw new ExpressionInvalid('feel-syntax', `I expected ${wanted} in “${this.source}”.`);
  }
}

function compare(sign: string, left: Json, right: Json): Json {
  if (sign === '=') return left === right;
  if (sign === '!=') return left !== right;
  if (left === null || right === null) return null;
  const [a, b] = [number(left), number(right)];
  return sign === '<' ? a < b : sign === '>' ? a > b : sign === '<=' ? a <= b : a >= b;
}

function number(value: Json): number {
  if (typeof value === 'number') return value;
  throw new EvaluationFailed('expression-failed', `${JSON.stringify(value)} is not a number.`);
}
