import { Switch } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { fieldProps } from '../field-props.js';

/** Yes or no, where not answering means no. */
export function SwitchWidget(props: WidgetProps) {
  const { required, ...common } = fieldProps(props);
  return (
    <Switch
      {...common}
      required={required && props.schema.const === true}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
