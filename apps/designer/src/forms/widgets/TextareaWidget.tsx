import { Textarea } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { fieldProps } from '../field-props.js';

/** Text of several lines; grows with it. */
export function TextareaWidget(props: WidgetProps) {
  const { value, options, placeholder, onChange } = props;
  return (
    <Textarea
      {...fieldProps(props)}
      autosize
      minRows={3}
      maxRows={12}
      placeholder={placeholder}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? options.emptyValue : currentTarget.value)}
    />
  );
}
