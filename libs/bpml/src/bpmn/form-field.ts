import type { FormField } from '@baton/engine';
import { CAMUNDA_FAMILY } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/** Camunda's constraints that take a number, and what they are called in a JSON Schema. */
const LIMITS: Readonly<Record<string, keyof NonNullable<FormField['constraints']>>> = {
  min: 'minimum',
  max: 'maximum',
  minlength: 'minLength',
  maxlength: 'maxLength',
};
const READ_ATTRIBUTES = new Set(['id', 'name', 'label', 'type', 'defaultValue', 'default', 'required', 'writable', 'readable']);

/** A `camunda:formField` or `flowable:formProperty` of the owner. What it says beyond the model is reported here. */
export function readFormField(reading: Reading, owner: XmlElement, field: XmlElement): FormField {
  if (field.parent?.local === 'formData') reading.understand(field.parent);
  reading.understandAll(field);
  const constraints = field.children
    .filter(({ local }) => local === 'validation')
    .flatMap((validation) =>
      validation.children.map((constraint) => [constraint.attribute('name') ?? '', constraint.attribute('config') ?? ''] as const),
    );
  const flags = new Set(constraints.filter(([, config]) => config !== 'false').map(([name]) => name));
  const limits = constraints.flatMap(([name, config]) => (isLimit(name, config) ? [[LIMITS[name]!, Number(config)] as const] : []));
  const values = field.children.filter(({ uri, local }) => CAMUNDA_FAMILY.has(uri) && local === 'value');
  const label = field.attribute('label') ?? field.attribute('name');
  const defaultValue = field.attribute('defaultValue') ?? field.attribute('default');
  const unread = constraints.filter(([name, config]) => name !== 'required' && name !== 'readonly' && !isLimit(name, config));
  reportUnread(reading, owner, field, unread);
  return {
    id: field.id ?? '',
    type: field.attribute('type') ?? 'string',
    ...(label !== undefined && { label }),
    ...(defaultValue !== undefined && { defaultValue }),
    ...((field.attribute('required') === 'true' || flags.has('required')) && { required: true }),
    ...((field.attribute('writable') === 'false' || flags.has('readonly')) && { readOnly: true }),
    ...(limits.length > 0 && { constraints: Object.fromEntries(limits) }),
    ...(values.length > 0 && {
      values: values.map((option) => ({ id: option.id ?? '', label: option.attribute('name') ?? option.id ?? '' })),
    }),
  };
}

const isLimit = (name: string, config: string) => Object.hasOwn(LIMITS, name) && config.trim() !== '' && Number.isFinite(Number(config));

function reportUnread(reading: Reading, owner: XmlElement, field: XmlElement, constraints: readonly (readonly [string, string])[]): void {
  const what = `The field "${field.id ?? ''}" of "${title(owner)}"`;
  if (constraints.length > 0) {
    const names = constraints.map(([name, config]) => (config === '' ? name : `${name}="${config}"`)).join(', ');
    reading.warn('not-executed', `${what}: the constraint ${names} (kept in the file, but not checked).`, owner);
  }
  const attributes = field.attributes.filter(({ uri, local }) => uri === '' && !READ_ATTRIBUTES.has(local)).map(({ local }) => local);
  const properties = field.children.filter(({ local }) => local === 'properties').map(({ qualifiedName }) => qualifiedName);
  const left = [...attributes, ...properties];
  if (left.length > 0) reading.info('preserved', `${what}: ${left.join(', ')} (kept in the file, without effect).`, owner);
}
