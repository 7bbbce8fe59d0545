import { MultiSelect, Select } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { fieldProps } from '../field-props.js';

/** One of several values, or several of them. Values may be anything, so their places stand for them. */
export function ChoiceWidget(props: WidgetProps) {
  const { value, options, multiple, placeholder, onChange } = props;
  const choices = options.enumOptions ?? [];
  const data = choices.map(({ label }, index) => ({ value: String(index), label }));
  const placeOf = (wanted: unknown) => String(choices.findIndex((choice) => choice.value === wanted));
  if (multiple) {
    const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
    return (
      <MultiSelect
        {...fieldProps(props)}
        data={data}
        value={chosen.map(placeOf)}
        onChange={(places) => onChange(places.map((place) => choices[Number(place)]?.value))}
      />
    );
  }
  return (
    <Select
      {...fieldProps(props)}
      data={data}
      placeholder={placeholder || 'Choose…'}
      value={value === undefined ? null : placeOf(value)}
      allowDeselect={!props.required}
      checkIconPosition="right"
      onChange={(place) => onChange(place === null ? options.emptyValue : choices[Number(place)]?.value)}
    />
  );
}
