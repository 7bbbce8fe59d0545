import { isMethod, isStaticFunction, methodNames, staticFunctionNames } from './methods.js';
import { juelInvalid, tokensUntilBrace } from './tokens.js';
import type { BinaryOperator, JuelNode, Token } from './juel-syntax.js';

const LENGTH_MAX = 4096;
const NESTING_MAX = 100;

/** From weak to strong. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];

/**
 * Parse text with `${…}` or `#{…}` in it. `\${` is a dollar and a brace.
 *
 * @throws ExpressionInvalid  `juel-syntax` with what was expected where; `juel-unsupported` for a method outside the list.
 */
export function parseJuel(text: string): JuelNode {
  if (text.length > LENGTH_MAX) {
    throw juelInvalid(text, 0, `An expression has at most ${LENGTH_MAX} characters; this one has ${text.length}.`, 'expression-too-long');
  }
  const parts: JuelNode[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('\\${', at) || text.startsWith('\\#{', at)) {
      plain += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith('${', at) || text.startsWith('#{', at)) {
      if (plain) parts.push({ kind: 'literal', value: plain });
      plain = '';
      const tokens = tokensUntilBrace(text, at + 2);
      parts.push(new Parser(text, tokens).parse());
      at = (tokens.at(-1)?.at ?? at) + 1;
    } else plain += text.charAt(at++);
  }
  if (plain || parts.length === 0) parts.push({ kind: 'literal', value: plain });
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'text', parts };
}

/** Recursive descent, one method per rule of the grammar. The last token is the closing brace. */
class Parser {
  private index = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  parse(): JuelNode {
    const node = this.conditional();
    if (!this.take('}')) throw this.expected('an operator or "}"');
    return node;
  }

  private conditional(): JuelNode {
    if (++this.depth > NESTING_MAX)
      throw juelInvalid(this.text, this.next.at, `The expression is nested more than ${NESTING_MAX} levels deep.`);
    const condition = this.binary(0);
    if (this.take('?')) {
      const positive = this.conditional();
      if (!this.take(':')) throw this.expected('":"');
      const negative = this.conditional();
      this.depth--;
      return { kind: 'conditional', condition, positive, negative };
    }
    this.depth--;
    return condition;
  }

  private binary(level: number): JuelNode {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.take(candidate));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): JuelNode {
    const operator = this.take('!') ? '!' : this.take('-') ? '-' : this.takeName('empty') ? 'empty' : null;
    if (!operator) return this.postfix();
    if (++this.depth > NESTING_MAX)
      throw juelInvalid(this.text, this.next.at, `The expression is nested more than ${NESTING_MAX} levels deep.`);
    const operand = this.unary();
    this.depth--;
    return { kind: 'unary', operator, operand };
  }

  private postfix(): JuelNode {
    let node = this.primary();
    for (;;) {
      if (this.take('.')) {
        const name = this.next;
        if (name.kind !== 'name') throw this.expected('the name of a property or method');
        this.index++;
        node = this.take('(') ? this.method(node, name) : { kind: 'property', target: node, name: { kind: 'literal', value: name.value } };
      } else if (this.take('[')) {
        node = { kind: 'property', target: node, name: this.conditional() };
        if (!this.take(']')) throw this.expected('"]"');
      } else return node;
    }
  }

  private method(target: JuelNode, name: Token): JuelNode {
    if (!isMethod(name.value)) {
      throw juelInvalid(
        this.text,
        name.at,
        `There is no method "${name.value}" here. Known methods: ${methodNames.join(', ')}.`,
        'juel-unsupported',
      );
    }
    return { kind: 'call', target, method: name.value, parameters: this.parameters(), at: name.at };
  }

  private primary(): JuelNode {
    const token = this.next;
    this.index++;
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: Number(token.value) };
      case 'text':
        return { kind: 'literal', value: token.value };
      case 'name':
        if (token.value === 'true' || token.value === 'false') return { kind: 'literal', value: token.value === 'true' };
        if (token.value === 'null') return { kind: 'literal', value: null };
        return this.take('(') ? this.staticFunction(token) : { kind: 'variable', name: token.value, at: token.at };
      default:
        if (token.value === '(') {
          const node = this.conditional();
          if (!this.take(')')) throw this.expected('")"');
          return node;
        }
        this.index--;
        throw this.expected('a value');
    }
  }

  private staticFunction(name: Token): JuelNode {
    if (!isStaticFunction(name.value)) {
      throw juelInvalid(
        this.text,
        name.at,
        `There is no function "${name.value}" here. Known functions: ${staticFunctionNames.join(', ')}.`,
        'juel-unsupported',
      );
    }
    return { kind: 'call', target: null, method: name.value, parameters: this.parameters(), at: name.at };
  }

  private parameters(): JuelNode[] {
    const parameters: JuelNode[] = [];
    if (this.take(')')) return parameters;
    do parameters.push(this.conditional());
    while (this.take(','));
    if (!this.take(')')) throw this.expected('"," or ")"');
    return parameters;
  }

  private get next(): Token {
    return this.tokens[this.index] ?? { kind: 'end', value: '', at: this.text.length };
  }

  private take(symbol: string): boolean {
    const found = this.next.kind === 'symbol' && this.next.value === symbol;
    if (found) this.index++;
    return found;
  }

  private takeName(name: string): boolean {
    const found = this.next.kind === 'name' && this.next.value === name;
    if (found) this.index++;
    return found;
  }

  private expected(what: string) {
    const { value, at } = this.next;
    return juelInvalid(this.text, at, `Expected ${what}, but found ${value ? `"${value}"` : 'the end'}.`);
  }
}
