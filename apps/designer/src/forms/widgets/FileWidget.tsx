import { FileInput } from '@mantine/core';
import type { WidgetProps } from '@rjsf/utils';
import { useState } from 'react';
import { fieldProps } from '../field-props.js';

/** Values are limited to 256 KiB; as a data URL a file takes a third more than it has. */
const SIZE_MAX_BYTES = 180 * 1024;

/** A small file, kept as a data URL with its name in it. */
export function FileWidget(props: WidgetProps) {
  const { onChange, options, value } = props;
  const { error, ...common } = fieldProps(props);
  const [file, setFile] = useState<File | null>(null);
  const [tooLarge, setTooLarge] = useState(false);

  const choose = async (chosen: File | null) => {
    const isTooLarge = chosen !== null && chosen.size > SIZE_MAX_BYTES;
    setTooLarge(isTooLarge);
    setFile(isTooLarge ? null : chosen);
    onChange(chosen === null || isTooLarge ? options.emptyValue : await dataUrl(chosen));
  };
  return (
    <FileInput
      {...common}
      size="sm"
      clearable
      placeholder={typeof value === 'string' && !file ? 'A file is attached' : 'Choose a file…'}
      value={file}
      error={tooLarge ? 'The file is larger than 180 KiB' : error}
      onChange={(chosen) => void choose(chosen)}
    />
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve(String(reader.result).replace(';base64', `;name=${encodeURIComponent(file.name)};base64`)),
    );
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}
