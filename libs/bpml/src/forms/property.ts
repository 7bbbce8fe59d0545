import type { Json } from '@baton/engine';
import type { ValueKind } from './kind-of-value.js';

/** A JSON object as zod's `json()` types it: Form's schema and uiSchema are made of these. */
export type JsonObject = { [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A variable that a decision reads. `type` is DMN's or the vendor's word: `number`, `double`, `string`, `boolean`, `date` … */
export interface DecisionInput {
  readonly name: string;
  readonly type?: string;
  readonly allowedValues?: readonly Json[];
}

/** The JSON Schema of one field, by what a decision says about it, else by how it is used, else text. */
export function propertyOf(input: DecisionInput | undefined, kind: ValueKind | undefined): JsonObject {
  const values = (input?.allowedValues ?? []).filter((value) => typeof value === 'string' || typeof value === 'number');
  const type = typeOf(input?.type) ?? { type: kind ?? (values.length > 0 ? typeof values[0] : 'string') };
  return values.length > 0 ? { ...type, enum: values } : type;
}

/** @param name  A type of DMN, Camunda or Zeebe. */
export function typeOf(name: string | undefined): JsonObject | undefined {
  switch (name?.toLowerCase().replace(/^.*:/, '')) {
    case 'integer':
    case 'int':
    case 'long':
    case 'short':
      return { type: 'integer' };
    case 'number':
    case 'double':
    case 'float':
    case 'decimal':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
    case 'date and time':
    case 'dateandtime':
      return { type: 'string', format: 'date-time' };
    case 'string':
      return { type: 'string' };
    default:
      return undefined;
  }
}

/** A label for people: `invoiceNumber` → `Invoice number`, `cost_center` → `Cost center`. */
export function titleOf(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1) || name;
}
