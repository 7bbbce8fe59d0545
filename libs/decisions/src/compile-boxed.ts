import { EvaluationFailed, ExpressionInvalid } from '@baton/engine';
import type { Instant, Json } from '@baton/engine';
import { compileFeel, expressions, feelFunction, isFeelFunction, toJson } from '@baton/expressions';
import { compileTable } from './decision-table.js';
import type { DmnProblem } from './dmn-invalid.js';
import type { Boxed, Parameter, Text } from './model.js';
import type { Types } from './types.js';

/** Where names get their FEEL values. `undefined`: no such name. */
export interface Scope {
  lookup(name: string): unknown;
  readonly now: Instant;
  /** Told about every table that was evaluated. */
  readonly observe?: (table: TableTrace) => void;
}

export interface TableTrace {
  readonly inputs: Readonly<Record<string, Json>>;
  readonly ruleIds: readonly string[];
  readonly rows: readonly Readonly<Record<string, Json>>[];
}

/** A boxed expression, compiled: the FEEL value in a scope. */
export type Compiled = (scope: Scope) => unknown;

/** The names a text may use and what their values look like. */
export type Shape = Readonly<Record<string, unknown>>;

/** Compiles the texts of one model; what cannot be compiled becomes a problem and, if evaluated all the same, a failure. */
export class Compiler {
  readonly problems: DmnProblem[] = [];

  constructor(readonly types: Types) {}

  compile(boxed: Boxed, shape: Shape): Compiled {
    const value = this.compileUntyped(boxed, shape);
    const typeRef = boxed.kind === 'function' ? undefined : boxed.typeRef;
    return typeRef === undefined ? value : (scope) => this.types.conform(value(scope), typeRef);
  }

  private compileUntyped(boxed: Boxed, shape: Shape): Compiled {
    switch (boxed.kind) {
      case 'literal':
        return this.text(boxed, shape);
      case 'table':
        return compileTable(boxed, this, shape);
      case 'context':
        return this.context(boxed, shape);
      case 'invocation':
        return this.invocation(boxed, shape);
      case 'function':
        return this.functionValue(boxed, shape);
      case 'list': {
        const items = boxed.items.map((item) => this.compile(item, shape));
        return (scope) => items.map((item) => item(scope));
      }
      case 'relation': {
        const rows = boxed.rows.map((row) => row.map((cell) => this.compile(cell, shape)));
        return (scope) =>
          rows.map((row) => Object.fromEntries(boxed.columns.map((column, index) => [column, row[index]?.(scope) ?? null])));
      }
      case 'conditional': {
        const [condition, positive, negative] = [boxed.condition, boxed.positive, boxed.negative].map((part) => this.compile(part, shape));
        return (scope) => (condition?.(scope) === true ? positive : negative)?.(scope);
      }
      case 'loop':
        return this.loop(boxed, shape);
      case 'filter': {
        const collection = this.compile(boxed.collection, shape);
        const match = this.compile(boxed.match, { ...shape, item: null });
        return (scope) =>
          listOf(collection(scope))?.filter((item) => match(inner(scope, { ...(isContext(item) && item), item })) === true) ?? null;
      }
    }
  }

  /** A FEEL or JUEL text. */
  text(text: Text, shape: Shape): Compiled {
    return this.guarded(text, () => {
      if (text.language === 'feel') {
        const compiled = compileFeel(text.text, shape);
        return (scope) => compiled.evaluate((name) => scope.lookup(name), scope.now).value;
      }
      if (text.language !== 'juel') {
        throw new ExpressionInvalid('language-unsupported', `The expression language "${text.language}" is not supported: write FEEL.`);
      }
      const compiled = expressions.compile({ language: 'juel', text: text.text.includes('{') ? text.text : `\${${text.text}}` });
      return (scope) => {
        const get = (name: string) => {
          const value = scope.lookup(name);
          return value === undefined ? undefined : toJson(value);
        };
        return compiled.evaluate({ get, names: () => [], now: scope.now }).value;
      };
    });
  }

  /** Run `compile`; what it refuses is noted with the place in the file, and fails only when it is evaluated. */
  guarded<T extends (...parameters: never[]) => unknown>(text: Text, compile: () => T): T {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof ExpressionInvalid)) throw error;
      const { code, message } = error;
      this.problems.push({
        code,
        message: `"${text.text}": ${message}`,
        ...(text.id && { elementId: text.id }),
        line: text.line + error.line - 1,
        column: error.column,
      });
      return (() => {
        throw new EvaluationFailed(code, `"${text.text}": ${message}`);
      }) as unknown as T;
    }
  }

  private context(boxed: Extract<Boxed, { kind: 'context' }>, shape: Shape): Compiled {
    let known = shape;
    const entries = boxed.entries.map(({ name, typeRef, value }) => {
      const compiled = this.compile(value, known);
      if (name !== undefined) known = { ...known, [name]: this.types.shapeOf(typeRef) ?? this.literalShape(value) };
      return { name, typeRef, compiled };
    });
    return (scope) => {
      const values: Record<string, unknown> = {};
      const within = inner(scope, values);
      for (const { name, typeRef, compiled } of entries) {
        const value = this.types.conform(compiled(within), typeRef);
        if (name === undefined) return value;
        values[name] = value;
      }
      return values;
    };
  }

  /** The keys of a nested context are known without a type. */
  private literalShape(boxed: Boxed): unknown {
    if (boxed.kind !== 'context' || boxed.entries.some(({ name }) => name === undefined)) return null;
    return Object.fromEntries(
      boxed.entries.map(({ name, typeRef, value }) => [name, this.types.shapeOf(typeRef) ?? this.literalShape(value)]),
    );
  }

  private invocation(boxed: Extract<Boxed, { kind: 'invocation' }>, shape: Shape): Compiled {
    const target = this.compile(boxed.target, shape);
    const bindings = boxed.bindings.map(({ name, value }) => ({ name, value: this.compile(value, shape) }));
    return (scope) => {
      const called = target(scope);
      if (!isFeelFunction(called)) return null;
      const byName = new Map(bindings.map(({ name, value }) => [name, value(scope)]));
      return called.fn(...called.parameterNames.map((name) => byName.get(name) ?? null));
    };
  }

  private functionValue(boxed: Extract<Boxed, { kind: 'function' }>, shape: Shape): Compiled {
    const { parameters } = boxed;
    if (boxed.external || !boxed.body) return () => null;
    const body = this.compile(boxed.body, { ...shape, ...this.shapeOfParameters(parameters) });
    return (scope) =>
      feelFunction(
        (...values: unknown[]) => {
          const given = Object.fromEntries(
            parameters.map(({ name, typeRef }, index) => [name, this.types.conform(values[index] ?? null, typeRef)]),
          );
          return body(inner(scope, given));
        },
        parameters.map(({ name }) => name),
      );
  }

  shapeOfParameters(parameters: readonly Parameter[]): Shape {
    return Object.fromEntries(parameters.map(({ name, typeRef }) => [name, this.types.shapeOf(typeRef)]));
  }

  private loop(boxed: Extract<Boxed, { kind: 'loop' }>, shape: Shape): Compiled {
    const collection = this.compile(boxed.collection, shape);
    const body = this.compile(boxed.body, { ...shape, [boxed.variable]: null, partial: null });
    return (scope) => {
      const items = listOf(collection(scope));
      if (!items) return null;
      const partial: unknown[] = [];
      for (const item of items) partial.push(body(inner(scope, { [boxed.variable]: item, partial })));
      if (boxed.type === 'for') return partial;
      return boxed.type === 'every' ? partial.every((holds) => holds === true) : partial.some((holds) => holds === true);
    };
  }
}

/** A scope with more names in front. */
export function inner(scope: Scope, values: Readonly<Record<string, unknown>>): Scope {
  return { ...scope, lookup: (name) => (Object.hasOwn(values, name) ? values[name] : scope.lookup(name)) };
}

function listOf(value: unknown): unknown[] | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value : [value];
}

function isContext(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
