/**
 * Text in some language. The engine knows no language: `compile` hands every expression to a port.
 *
 * `literal` stands for itself. Formats translate their dialects into one of these names at import.
 */
export interface Expression {
  readonly language: 'literal' | 'feel' | 'juel' | 'javascript';
  readonly text: string;
}

/** Copies one value between scopes: `source` is read outside-in or inside-out, `target` is written. */
export interface Mapping {
  readonly source: Expression;
  readonly target: string;
}
