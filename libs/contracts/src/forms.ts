import { z } from 'zod';

/** A form: JSON Schema for the data, UI schema for the looks (react-jsonschema-form's vocabulary). */
export const Form = z.object({
  schema: z.record(z.string(), z.json()),
  uiSchema: z.record(z.string(), z.json()),
  /** True when the process brings no form and this one was inferred from the variables it reads and never writes. */
  inferred: z.boolean(),
  /** Current values, for a task's form. */
  data: z.record(z.string(), z.json()).optional(),
});
export type Form = z.infer<typeof Form>;
