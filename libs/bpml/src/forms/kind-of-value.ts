import type { Use } from './usage.js';

export type ValueKind = 'boolean' | 'number' | 'string';

/**
 * What kind of value a variable holds, by how it is used; `undefined` when no use tells.
 *
 * Bare or negated in a condition: boolean. Compared with or reckoned with a number: number. Compared with a text: string.
 */
export function kindOfValue(name: string, uses: readonly Use[]): ValueKind | undefined {
  for (const use of uses) {
    const kind = use.name === name ? kindByUse(name, use) : undefined;
    if (kind) return kind;
  }
  return undefined;
}

function kindByUse(name: string, { expression, isCondition }: Use): ValueKind | undefined {
  const text = expression.text
    .replace(/^\s*[$#]\{|\}\s*$/g, '')
    .replace(/^\s*=/, '')
    .trim();
  const it = `(?<!["'])${wordPattern(name)}(?!\\()`;
  const has = (pattern: string) => new RegExp(pattern, 'u').test(text);
  if (has(`${it}\\s*(==?|!=|eq\\b|ne\\b)\\s*["']`) || has(`["']\\s*(==?|!=|eq\\b|ne\\b)\\s*${it}`)) return 'string';
  if (has(`${it}\\s*(==?|!=|eq\\b|ne\\b)\\s*(true|false)\\b`)) return 'boolean';
  if (
    has(`${it}\\s*(==?|!=|<=?|>=?|[-+*/]|(eq|ne|lt|le|gt|ge)\\b)\\s*-?\\d`) ||
    has(`\\d\\s*(==?|!=|<=?|>=?|[-+*/]|(lt|le|gt|ge)\\b)\\s*${it}`)
  )
    return 'number';
  if (has(`${it}\\s*(<=?|>=?|\\*|/)`) || has(`(<=?|>=?|\\*|/)\\s*${it}`) || has(`${it}\\s+(in|between)\\s*[\\[(]?\\s*\\d`)) return 'number';
  if (!isCondition) return undefined;
  const joint = '(and\\b|or\\b|&&|\\|\\|)';
  if (text === name || has(`(!|\\bnot\\s*\\(|\\bnot\\s)\\s*\\(?\\s*${it}`) || has(`(^|${joint}|\\()\\s*${it}\\s*($|\\)|${joint})`))
    return 'boolean';
  return undefined;
}

/** A pattern for one variable's name as a whole word, whatever characters it has (FEEL allows many). */
export function wordPattern(name: string): string {
  return `(?<![\\p{L}\\d_.$])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\d_.$])`;
}
