import type { RJSFSchema, RJSFValidationError } from '@rjsf/utils';

/** One thing wrong with a value, and where: property names and list indexes from the root. */
export interface SchemaError {
  readonly path: readonly (string | number)[];
  readonly keyword: string;
  readonly message: string;
}

type Schema = RJSFSchema;

/**
 * What is wrong with a value, by the keywords that forms use; the server checks all of them again.
 *
 * Our own, because validators that compile schemas to code need `unsafe-eval`, which our content security policy refuses.
 */
export function schemaErrors(schema: Schema, value: unknown, path: SchemaError['path'] = []): readonly SchemaError[] {
  const wrong = (keyword: string, message: string): SchemaError[] => [{ path, keyword, message }];
  if (value === undefined) return [];
  if (!hasType(schema, value)) return wrong('type', `must be ${typesOf(schema).map(inWords).join(' or ')}`);
  const choices = choicesOf(schema);
  if (choices && !choices.some((choice) => isSame(choice, value))) return wrong('enum', 'must be one of the choices');
  if (typeof value === 'number') return numberErrors(schema, value).flatMap(([keyword, message]) => wrong(keyword, message));
  if (typeof value === 'string') return textErrors(schema, value).flatMap(([keyword, message]) => wrong(keyword, message));
  if (Array.isArray(value)) return listErrors(schema, value, path);
  if (isRecord(value)) return recordErrors(schema, value, path);
  return [];
}

/** In the form library's shape: a property path as text, and the message beside its field. */
export function asFormErrors(errors: readonly SchemaError[]): RJSFValidationError[] {
  return errors.map(({ path, keyword, message }) => {
    const property = `.${path.join('.')}`;
    return { name: keyword, property, message, stack: `${property} ${message}` };
  });
}

function numberErrors(schema: Schema, value: number): [string, string][] {
  const errors: [string, string][] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) errors.push(['minimum', `must be at least ${minimum}`]);
  if (maximum !== undefined && value > maximum) errors.push(['maximum', `must be at most ${maximum}`]);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    errors.push(['exclusiveMinimum', `must be more than ${exclusiveMinimum}`]);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    errors.push(['exclusiveMaximum', `must be less than ${exclusiveMaximum}`]);
  if (multipleOf !== undefined && !Number.isInteger(Number((value / multipleOf).toFixed(9))))
    errors.push(['multipleOf', `must be a multiple of ${multipleOf}`]);
  return errors;
}

function textErrors(schema: Schema, value: string): [string, string][] {
  const errors: [string, string][] = [];
  const { minLength, maxLength, pattern, format } = schema;
  const length = [...value].length;
  if (minLength !== undefined && length < minLength)
    errors.push(['minLength', minLength === 1 ? 'is required' : `needs at least ${minLength} characters`]);
  if (maxLength !== undefined && length > maxLength) errors.push(['maxLength', `may have at most ${maxLength} characters`]);
  if (pattern !== undefined && !matches(pattern, value)) errors.push(['pattern', 'does not have the expected form']);
  if (format === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) errors.push(['format', 'must be an email address']);
  if (format === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) errors.push(['format', 'must be a date']);
  if (format === 'date-time' && Number.isNaN(Date.parse(value))) errors.push(['format', 'must be a date and time']);
  if (format === 'uri' && !URL.canParse(value)) errors.push(['format', 'must be an address']);
  return errors;
}

function listErrors(schema: Schema, value: readonly unknown[], path: SchemaError['path']): SchemaError[] {
  const { items, minItems, maxItems } = schema;
  const errors: SchemaError[] = [];
  if (minItems !== undefined && value.length < minItems) errors.push({ path, keyword: 'minItems', message: `needs at least ${minItems}` });
  if (maxItems !== undefined && value.length > maxItems)
    errors.push({ path, keyword: 'maxItems', message: `may have at most ${maxItems}` });
  if (typeof items !== 'object' || Array.isArray(items)) return errors;
  return [...errors, ...value.flatMap((item, index) => schemaErrors(items, item, [...path, index]))];
}

function recordErrors(schema: Schema, value: Readonly<Record<string, unknown>>, path: SchemaError['path']): SchemaError[] {
  const missing = (schema.required ?? []).filter((name) => value[name] === undefined);
  const properties = Object.entries(schema.properties ?? {});
  return [
    ...missing.map((name) => ({ path: [...path, name], keyword: 'required', message: 'is required' })),
    ...properties.flatMap(([name, property]) => (typeof property === 'object' ? schemaErrors(property, value[name], [...path, name]) : [])),
  ];
}

function typesOf({ type }: Schema): readonly string[] {
  return type === undefined ? [] : Array.isArray(type) ? type : [type];
}

function hasType(schema: Schema, value: unknown): boolean {
  const types = typesOf(schema);
  return types.length === 0 || types.some((type) => isOfType(type, value));
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function choicesOf(schema: Schema): readonly unknown[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum;
  const constants = (schema.oneOf ?? []).flatMap((choice) =>
    typeof choice === 'object' && choice.const !== undefined ? [choice.const] : [],
  );
  return constants.length > 0 && constants.length === schema.oneOf?.length ? constants : undefined;
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    // A pattern that is none constrains nothing here; the server says so.
    return true;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(type: string): string {
  const words: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    number: 'a number',
    string: 'text',
    boolean: 'yes or no',
    array: 'a list',
    object: 'a group',
    null: 'empty',
  };
  return words[type] ?? type;
}
