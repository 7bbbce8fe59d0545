import { NumberInput, TextInput } from '@mantine/core';
import { getInputProps } from '@rjsf/utils';
import type { BaseInputTemplateProps } from '@rjsf/utils';
import { fieldProps } from './field-props.js';

/** Every field one types into: text, numbers, dates, addresses. */
export function InputTemplate(props: BaseInputTemplateProps) {
  const { id, value, schema, type, options, placeholder, onChange, onBlur, onFocus } = props;
  const input = getInputProps(schema, type, options);
  const common = {
    ...fieldProps(props),
    placeholder,
    onBlur: () => onBlur(id, value),
    onFocus: () => onFocus(id, value),
  };
  if (input.type === 'number') {
    return (
      <NumberInput
        {...common}
        value={typeof value === 'number' ? value : ''}
        allowDecimal={schema.type !== 'integer'}
        hideControls
        inputMode="decimal"
        onChange={(entered) => onChange(entered === '' ? options.emptyValue : Number(entered))}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={input.type}
      value={typeof value === 'string' || typeof value === 'number' ? value : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? options.emptyValue : currentTarget.value)}
    />
  );
}
