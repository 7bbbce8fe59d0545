import type { Json } from '@baton/engine';
import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime, dateAndTime, duration, parseDate, parseTime } from 'feelin';

/**
 * A FEEL value as JSON. Dates, times and durations become ISO 8601 text; a range its FEEL text.
 *
 * What JSON cannot say (a function, a number that is not finite) becomes null, with a warning.
 */
export function toJson(value: unknown, warnings: string[] = []): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      warnings.push(`The number is out of range (${value}).`);
      return null;
    case 'object':
      return objectToJson(value, warnings);
    case 'undefined':
      return null;
    default:
      warnings.push(`A ${typeof value} is not a value that can be stored.`);
      return null;
  }
}

function objectToJson(value: object | null, warnings: string[]): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item: unknown) => toJson(item, warnings));
  if (isTemporal(value) || value instanceof FeelRange) return value.toString();
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    warnings.push('A function is not a value that can be stored.');
    return null;
  }
  return Object.fromEntries(Object.entries(value).map(([name, entry]: [string, unknown]) => [name, toJson(entry, warnings)]));
}

function isTemporal(value: object): boolean {
  return value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDateTime || value instanceof FeelDuration;
}

/**
 * A JSON value as FEEL sees a value of the type: ISO text becomes a date, time or duration, numeric text a number.
 *
 * Text that is not of the type gives `undefined`; a value of an unknown or absent type stays as it is.
 */
export function toFeelValue(value: unknown, type: string | undefined): unknown {
  if (typeof value !== 'string') return value;
  switch (type) {
    case 'date':
      return parseDate(value) ?? parseDate(value.slice(0, 10)) ?? undefined;
    case 'time':
      return parseTime(value) ?? undefined;
    case 'date and time':
    case 'dateTime':
      return dateAndTime(value) ?? undefined;
    case 'days and time duration':
    case 'dayTimeDuration':
    case 'years and months duration':
    case 'yearMonthDuration':
    case 'duration':
      return duration(value) ?? undefined;
    default:
      return value;
  }
}
