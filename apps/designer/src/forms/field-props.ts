import type { WidgetProps } from '@rjsf/utils';

/** What every widget hands to its Mantine input. */
export function fieldProps({
  id,
  htmlName,
  name,
  label,
  hideLabel,
  required,
  disabled,
  readonly,
  autofocus,
  rawErrors,
  schema,
  options,
}: WidgetProps) {
  const error = rawErrors && rawErrors.length > 0 ? sentence(rawErrors) : undefined;
  return {
    id,
    name: htmlName ?? name,
    label: hideLabel ? undefined : label,
    'aria-label': hideLabel ? label : undefined,
    description: options.description ?? schema.description,
    error,
    required: required ?? false,
    disabled: disabled ?? false,
    readOnly: readonly ?? false,
    autoFocus: autofocus ?? false,
  };
}

function sentence(errors: readonly string[]): string {
  const text = [...new Set(errors)].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
