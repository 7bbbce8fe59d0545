import type { Expression } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { feel, formulaIn, languageOf } from './expression.js';
import { isForeign, plainComparison } from './plain-comparison.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText } from './vendor.js';

/**
 * What an expression element of the standard says, in one of our languages.
 *
 * @param what  What the expression is to its owner, for people: `condition`, `loop condition` …
 * @returns     `undefined` when there is none, or (with an error) when it is in a language we do not evaluate.
 */
export function readFormula(reading: Reading, owner: XmlElement, expression: XmlElement | undefined, what: string): Expression | undefined {
  if (!expression) return undefined;
  const language = languageOf(expression, reading.root);
  const resource = camundaText(reading, expression, 'resource');
  if (expression.text.trim() === '' && resource === undefined) return undefined;
  const formula = resource === undefined ? readText(reading, owner, expression, what) : undefined;
  if (!formula) {
    const source = resource ?? language;
    reading.error('bpmn-unsupported', `The ${what} of "${title(owner)}" is in ${source}, which is not executed: write it in FEEL.`, owner);
  }
  return formula;
}

/**
 * In one of our languages. A comparison that is no FEEL, of no named language, is what all other languages write alike; so is
 * one in a file whose default is another language, which exporters write into files that hold none.
 */
function readText(reading: Reading, owner: XmlElement, expression: XmlElement, what: string): Expression | undefined {
  const { text } = expression;
  const language = languageOf(expression, reading.root);
  const ours = formulaIn(language, text);
  const isDefault = expression.attribute('language') === undefined;
  const isOther = ours === undefined || (ours.language === 'feel' && !language?.toLowerCase().includes('feel') && isForeign(text));
  if (!isDefault || !isOther) return ours ?? decisionLiteral(text);
  const unnamed = formulaIn(undefined, text);
  const plain = unnamed?.language === 'juel' ? unnamed : plainComparison(text);
  if (!plain) return ours;
  reading.info(
    'comparison-assumed',
    `The ${what} of "${title(owner)}" is ${language ? `in ${language}` : 'no FEEL'}: it was read as ${plain.text}.`,
    owner,
  );
  return plain;
}

/** Trisotech's modeler writes FEEL as a whole literal expression of DMN, as text. */
function decisionLiteral(text: string): Expression | undefined {
  const inner = /^\s*<(?:[\w.-]+:)?literalExpression\b[^>]*\/FEEL\/[^>]*>\s*<(?:[\w.-]+:)?text>([^<]*)<\//.exec(text)?.[1];
  return inner === undefined ? undefined : feel(unescape(inner));
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescape(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
