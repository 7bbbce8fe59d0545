/** A field the file itself lists for a form. Not the engine's concern: forms are made from it. */
export interface FormField {
  /** The variable. */
  readonly id: string;
  readonly label?: string;
  /** As the file writes it: `string`, `long`, `double`, `boolean`, `date`, `enum` … */
  readonly type: string;
  readonly defaultValue?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  /** In JSON Schema's words. */
  readonly constraints?: {
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
  };
  readonly values?: readonly { readonly id: string; readonly label: string }[];
}
