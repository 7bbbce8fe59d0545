import type { Form } from '@baton/contracts';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';

/** What a form holds: field name → value. */
export type FormData = Record<string, unknown>;

/** The wire's JSON as the form library names it. Both are JSON Schema and UI schema; the types differ in words only. */
export function schemasOf(form: Form): { readonly schema: RJSFSchema; readonly uiSchema: UiSchema<FormData> } {
  return { schema: form.schema as RJSFSchema, uiSchema: form.uiSchema as UiSchema<FormData> };
}

/** The fields a form asks for: what it holds besides is not the form's to send. */
export function fieldsOf(form: Form): readonly string[] {
  const { properties } = form.schema;
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? Object.keys(properties) : [];
}
