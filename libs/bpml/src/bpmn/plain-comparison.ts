import type { Expression } from '@baton/engine';
import { juel } from './expression.js';

/** A piece of a comparison: a text, a number, a name or path, an operator, a bracket. */
const PIECE =
  /\s*("(?:[^"\\$#]|\\.)*"|'(?:[^'\\$#]|\\.)*'|-?\d+(?:\.\d+)?(?![\w.])|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[=!]==?|&&|\|\||[<>]=?|[!()])/y;

/** What the languages call differently; all other names are variables. */
const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  undefined: 'null',
  '===': '==',
  '!==': '!=',
  and: '&&',
  or: '||',
  not: '!',
};
/** Names that mean more than a variable, in one of the languages or in JUEL. */
const RESERVED = /^(is|in|if|else|for|this|new|lambda|typeof|instanceof|empty|div|mod|eq|ne|neq|lt|le|gt|ge|return|function|await|yield)\b/;
/** What no FEEL expression holds. */
const NOT_FEEL = /==|&&|\|\||'|!(?!=)|\b(True|False|None)\b|\bnot\b(?!\s*\()/;

/** `not a == b` and `1 < x < 5` mean something else in Python than elsewhere. */
const AMBIGUOUS = /\bnot\s+[^\s(]+\s*([=!]=|[<>])|([=!]==?|[<>]=?)\s*([\w.]+|"[^"]*"|'[^']*')\s*([=!]=|[<>])/;

const VALUE = /^["'\w-]/;

/** Is it written as no FEEL can be? */
export function isForeign(text: string): boolean {
  return NOT_FEEL.test(text) && !text.trimStart().startsWith('=');
}

/**
 * A comparison that Python, JavaScript, Java and Groovy write alike (`choice == 'Yes' and amount < 5`), as the same in JUEL.
 *
 * @returns `undefined` when there is anything else in it: only what means the same everywhere is read.
 */
export function plainComparison(text: string): Expression | undefined {
  const source = text.trim();
  if (AMBIGUOUS.test(source)) return undefined;
  const pieces: string[] = [];
  PIECE.lastIndex = 0;
  for (let end = 0; end < source.length; end = PIECE.lastIndex) {
    const piece = PIECE.exec(source)?.[1];
    if (piece === undefined || RESERVED.test(piece)) return undefined;
    const next = Object.hasOwn(WORDS, piece) ? (WORDS[piece] ?? piece) : piece;
    // Two values with no operator between them, or a call.
    if (VALUE.test(pieces.at(-1) ?? '') && (next === '(' || VALUE.test(next))) return undefined;
    pieces.push(next);
  }
  return pieces.length === 0 ? undefined : juel(`\${${pieces.join(' ')}}`);
}
