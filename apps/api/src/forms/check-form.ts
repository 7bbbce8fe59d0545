import { AppError } from '@baton/contracts';
import type { Form, ProblemDetail } from '@baton/contracts';
import type { Json, Variables } from '@baton/engine';

interface Property {
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly oneOf?: readonly { readonly const: Json }[];
}

/**
 * Check what was entered against a form.
 *
 * An inferred form is a guess about names, so extra variables pass and nothing is required; but a text where the process
 * calculates with a number is refused here, not in the middle of the process. A form the process brings itself is the rule:
 * required fields, choices, limits and read-only fields count. `null` stands for "left empty".
 *
 * @throws AppError `form-invalid` (422) with a JSON pointer per field; `field-not-writable` (422).
 */
export function checkForm(form: Form, variables: Variables): void {
  const properties = (form.schema['properties'] ?? {}) as Record<string, Property>;
  const given = Object.keys(properties).filter((name) => Object.hasOwn(variables, name) && variables[name] !== null);
  const readOnly = given.filter((name) => isReadOnly(form, name));
  if (readOnly.length > 0) {
    const errors = readOnly.map((name) => finding('field-not-writable', name, 'This field is shown, not filled in.'));
    throw new AppError('field-not-writable', 422, `Leave out what the form only shows: ${readOnly.join(', ')}.`, errors);
  }
  const errors = given.flatMap((name) => problemsOf(name, variables[name]!, properties[name]!, form.inferred));
  if (!form.inferred) {
    const required = (form.schema['required'] ?? []) as readonly string[];
    errors.push(
      ...required.filter((name) => !given.includes(name)).map((name) => finding('form-invalid', name, 'This field must be filled in.')),
    );
  }
  if (errors.length === 0) return;
  throw new AppError(
    'form-invalid',
    422,
    `Some fields are not filled in as the form asks: ${errors.map(nameOf).join(', ')}. See \`errors\`.`,
    errors,
  );
}

function problemsOf(name: string, value: Json, property: Property, inferred: boolean): ProblemDetail[] {
  if (!hasType(value, property.type, inferred))
    return [finding('form-invalid', name, `Expected ${property.type === 'integer' ? 'a whole number' : `a ${property.type}`}.`)];
  const choices = property.enum ?? property.oneOf?.map((choice) => choice.const);
  if (!inferred && choices && !choices.includes(value)) return [finding('form-invalid', name, 'This is none of the choices.')];
  const outside = inferred ? undefined : limitOf(value, property);
  return outside === undefined ? [] : [finding('form-invalid', name, outside)];
}

/** Which limit the value breaks. Text is counted in characters, as people see them. */
function limitOf(
  value: Json,
  { minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity }: Property,
): string | undefined {
  if (typeof value === 'number') {
    if (value < minimum) return `This must be at least ${minimum}.`;
    if (value > maximum) return `This must be at most ${maximum}.`;
  }
  if (typeof value === 'string') {
    const { length } = [...value];
    if (length < minLength) return `This needs at least ${minLength} characters.`;
    if (length > maxLength) return `This may have at most ${maxLength} characters.`;
  }
  return undefined;
}

/** Text is also what inference says when it knows nothing, so an inferred text takes anything. */
function hasType(value: Json, type: string | undefined, inferred: boolean): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return inferred || typeof value === 'string';
    default:
      return true;
  }
}

function isReadOnly(form: Form, name: string): boolean {
  const field = form.uiSchema[name];
  return !form.inferred && typeof field === 'object' && field !== null && (field as Record<string, unknown>)['ui:readonly'] === true;
}

const finding = (code: string, name: string, message: string): ProblemDetail => ({
  code,
  message,
  pointer: `/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
});

const nameOf = ({ pointer }: ProblemDetail): string => pointer!.slice('/variables/'.length).replaceAll('~1', '/').replaceAll('~0', '~');
