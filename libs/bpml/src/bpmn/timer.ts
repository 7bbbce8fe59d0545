import type { TimerModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { feel, formulaIn, literal, value } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/** What can only be meant as ISO 8601: such text is checked by the engine, anything else is an expression. */
const LITERAL = /^(-?P([\dT-]|$)|R\d*\/|[+-]?\d)/;

/** Five to seven fields of stars, numbers, names of months and days; or `@daily`. */
const CRON_FIELD =
  /^([*?L]|\d+[LW]?|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)([-,/#]([*?]|\d+|[a-z]{3}))*$/i;

function isCron(text: string): boolean {
  const fields = text.split(/\s+/);
  return /^@[a-z]+/.test(text) || (fields.length >= 5 && fields.length <= 7 && fields.every((field) => CRON_FIELD.test(field)));
}

/** The timer of a `timerEventDefinition`; absent (with an error) when it says nothing, or speaks cron. */
export function readTimer(reading: Reading, element: XmlElement, definition: XmlElement): TimerModel | undefined {
  for (const [local, kind] of [
    ['timeDate', 'date'],
    ['timeDuration', 'duration'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const child = definition.first(local);
    const text = child?.text.trim() ?? '';
    if (!child || text === '') continue;
    if (isCron(text)) {
      reading.error('timer-invalid', `The timer of "${title(element)}" is "${text}": cron is not read yet; write R/PT1H.`, element);
      return undefined;
    }
    if (LITERAL.test(text)) return { kind, expression: literal(text) };
    const language = child.attribute('language');
    const expression = language === undefined && !/[$#]\{/.test(text) ? feel(text) : (formulaIn(language, text) ?? value(text));
    return { kind, expression };
  }
  reading.error('timer-invalid', `The timer of "${title(element)}" has no date, duration or cycle.`, element);
  return undefined;
}
