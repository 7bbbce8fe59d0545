import type { CompiledExpression } from '@baton/engine';

/** An expression that is known to be well formed, and the variables it reads. */
export interface ParsedExpression {
  /** Root names, in the order they are first read, without repeats. */
  readonly reads: readonly string[];
  readonly compiled: CompiledExpression;
}
