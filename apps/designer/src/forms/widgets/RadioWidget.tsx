import { Radio } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { fieldProps } from '../field-props.js';

/** A few choices side by side; also yes or no, where one has to be said. */
export function RadioWidget(props: WidgetProps) {
  const { value, options, onChange, readonly, disabled } = props;
  const { id, label, description, error, required, name } = fieldProps(props);
  const choices = options.enumOptions ?? [];
  const chosen = choices.findIndex((choice) => choice.value === value);
  return (
    <Radio.Group
      id={id}
      name={name}
      label={label}
      description={description}
      error={error}
      withAsterisk={required}
      value={chosen < 0 ? '' : String(chosen)}
      onChange={(index) => onChange(choices[Number(index)]?.value)}
    >
      <div className="form__choices">
        {choices.map((choice, index) => (
          <Radio key={choice.label} value={String(index)} label={choice.label} disabled={disabled || readonly} />
        ))}
      </div>
    </Radio.Group>
  );
}
