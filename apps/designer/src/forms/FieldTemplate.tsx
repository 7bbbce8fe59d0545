import type { FieldTemplateProps } from '@rjsf/utils';
import type { FormData } from './schema.js';

/** A field is its widget: Mantine's inputs bring label, help and error, joined for screen readers. */
export function FieldTemplate({ hidden, children }: FieldTemplateProps<FormData>) {
  return hidden ? <div hidden>{children}</div> : children;
}
