/** The tree of a JUEL text. `at` is an offset in the text, for messages. */
export type JuelNode =
  | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | { readonly kind: 'property'; readonly target: JuelNode; readonly name: JuelNode }
  | {
      readonly kind: 'call';
      readonly target: JuelNode | null;
      readonly method: string;
      readonly parameters: readonly JuelNode[];
      readonly at: number;
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | 'empty'; readonly operand: JuelNode }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: JuelNode; readonly right: JuelNode }
  | { readonly kind: 'conditional'; readonly condition: JuelNode; readonly positive: JuelNode; readonly negative: JuelNode }
  /** Text with values in it: `Order ${id} of ${name}`. */
  | { readonly kind: 'text'; readonly parts: readonly JuelNode[] };

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'symbol' | 'end';
  readonly value: string;
  readonly at: number;
}
