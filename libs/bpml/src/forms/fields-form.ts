import type { Form } from '@baton/contracts';
import type { FormField } from '@baton/engine';
import { titleOf, typeOf } from './property.js';
import type { JsonObject, JsonValue } from './property.js';

/** A form from the fields the file lists (`camunda:formField`, `flowable:formProperty`): nothing is inferred. */
export function fieldsForm(fields: readonly FormField[]): Form {
  const properties = fields.map((field): [string, JsonObject] => [field.id, property(field)]);
  const required = fields.filter((field) => field.required).map(({ id }) => id);
  const readOnly = fields.filter((field) => field.readOnly).map(({ id }): [string, JsonObject] => [id, { 'ui:readonly': true }]);
  return {
    schema: { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) },
    uiSchema: { ...Object.fromEntries(readOnly), 'ui:order': fields.map(({ id }) => id) },
    inferred: false,
  };
}

function property(field: FormField): JsonObject {
  const type = typeOf(field.type) ?? { type: 'string' };
  const value = field.defaultValue === undefined ? undefined : defaultOf(type, field.defaultValue);
  return {
    title: field.label ?? titleOf(field.id),
    ...type,
    ...field.constraints,
    ...(field.values && { oneOf: field.values.map(({ id, label }) => ({ const: id, title: label })) }),
    ...(value !== undefined && { default: value }),
  };
}

/** An expression as a default is the process's own affair; only plain values are shown. */
function defaultOf(type: JsonObject, text: string): JsonValue | undefined {
  if (/[$#]\{/.test(text)) return undefined;
  if (type.type === 'boolean') return text === 'true';
  if (type.type === 'string') return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
