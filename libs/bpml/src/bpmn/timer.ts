import { weekdaysFromQuartz } from '@baton/engine';
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

/** Camunda 7's family speaks Quartz, whose weekdays count from 1, Sunday; only Quartz has a `?` among its fields. */
function isQuartz(reading: Reading, text: string): boolean {
  return reading.camundaFamily || text.includes('?');
}

/** The timer of a `timerEventDefinition`; absent (with an error) when it says nothing. Cron lines are checked by the engine. */
export function readTimer(reading: Reading, element: XmlElement, definition: XmlElement): TimerModel | undefined {
  for (const [local, kind] of [
    ['timeDate', 'date'],
    ['timeDuration', 'duration'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const child = definition.first(local);
    const text = child?.text.trim() ?? '';
    if (!child || text === '') continue;
    if (isCron(text)) return { kind, expression: literal(isQuartz(reading, text) ? weekdaysFromQuartz(text) : text) };
    if (LITERAL.test(text)) return { kind, expression: literal(text) };
    const language = child.attribute('language');
    const expression = language === undefined && !/[$#]\{/.test(text) ? feel(text) : (formulaIn(language, text) ?? value(text));
    return { kind, expression };
  }
  reading.error('timer-invalid', `The timer of "${title(element)}" has no date, duration or cycle.`, element);
  return undefined;
}
