import type { Expression } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';

export const literal = (text: string): Expression => ({ language: 'literal', text });
export const feel = (text: string): Expression => ({ language: 'feel', text: text.trim().replace(/^=\s*/, '') });
/** bpmn-engine's files reach variables through their surroundings: `${environment.variables.amount}`. */
export const juel = (text: string): Expression => ({
  language: 'juel',
  text: text.trim().replace(/\benvironment\.(variables|output)\.(?=[A-Za-z_])/g, ''),
});

const isJuel = (text: string) => /[$#]\{/.test(text);

/** A value in Camunda 7's family: JUEL where it holds `${…}` or `#{…}`, else the text itself. */
export function camundaValue(text: string): Expression {
  return isJuel(text) ? juel(text) : literal(text);
}

/** A value in Zeebe's files: FEEL after `=`, else the text itself. */
export function zeebeValue(text: string): Expression {
  return text.trimStart().startsWith('=') ? feel(text) : literal(text);
}

/** A value of a file that says no language: FEEL after `=`, JUEL with `${…}`, else the text itself. */
export function value(text: string): Expression {
  return text.trimStart().startsWith('=') ? feel(text) : camundaValue(text);
}

/** A condition or script without a language: FEEL (a leading `=` is allowed), or JUEL with `${…}`. */
export function formula(text: string): Expression {
  return isJuel(text) && !text.trimStart().startsWith('=') ? juel(text) : feel(text);
}

/**
 * A formula in a named language.
 *
 * @param language  MIME type, name or address of the language, as files write it; empty: none is named.
 * @returns         `undefined` when that language is none of ours.
 */
export function formulaIn(language: string | undefined, text: string): Expression | undefined {
  const name = language?.trim().toLowerCase() ?? '';
  // The standard's default is XPath; exporters write it into files that hold none.
  if (name === '' || name.includes('xpath')) return formula(text);
  if (name.includes('feel')) return feel(text);
  if (/\b(j?u)?el\b/.test(name)) return juel(isJuel(text) ? text : `\${${text.trim()}}`);
  return undefined;
}

/** The language a `formalExpression` is in: its own, else the file's. */
export function languageOf(expression: XmlElement, root: XmlElement): string | undefined {
  return expression.attribute('language') ?? root.attribute('expressionLanguage');
}
