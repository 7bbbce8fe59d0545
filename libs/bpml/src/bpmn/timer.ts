import type { TimerModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { feel, formulaIn, literal, value } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/** What can only be meant as ISO 8601 (or cron): such text is checked by the engine, anything else is an expression. */
const LITERAL = /^(-?P([\dT-]|$)|R\d*\/|[+-]?\d)/;

/** The timer of a `timerEventDefinition`; absent (with an error) when it says nothing. */
export function readTimer(reading: Reading, element: XmlElement, definition: XmlElement): TimerModel | undefined {
  for (const [local, kind] of [
    ['timeDate', 'date'],
    ['timeDuration', 'duration'],
    ['timeCycle', 'cycle'],
  ] as const) {
    const child = definition.first(local);
    const text = child?.text.trim() ?? '';
    if (!child || text === '') continue;
    if (LITERAL.test(text)) return { kind, expression: literal(text) };
    const language = child.attribute('language');
    const expression = language === undefined && !/[$#]\{/.test(text) ? feel(text) : (formulaIn(language, text) ?? value(text));
    return { kind, expression };
  }
  reading.error('timer-invalid', `The timer of "${title(element)}" has no date, duration or cycle.`, element);
  return undefined;
}
