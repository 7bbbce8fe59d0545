import { createErrorHandler, toErrorSchema, unwrapErrorHandler, validationDataMerge } from '@rjsf/utils';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';
import type { FormData } from './schema.js';
import { asFormErrors, schemaErrors } from './schema-errors.js';

/** The form library's port to a validator, over our own. */
export const formValidator: ValidatorType<FormData, RJSFSchema> = {
  validateFormData(formData, schema, customValidate, transformErrors, uiSchema) {
    const raw = asFormErrors(schemaErrors(schema, formData ?? {}));
    const errors = transformErrors?.(raw, uiSchema) ?? raw;
    const found = { errors, errorSchema: toErrorSchema<FormData>(errors) };
    if (!customValidate) return found;
    const handler = customValidate(formData, createErrorHandler(formData ?? {}), uiSchema);
    return validationDataMerge(found, unwrapErrorHandler(handler));
  },
  isValid: (schema, formData) => schemaErrors(schema, formData).length === 0,
  rawValidation: () => ({ errors: [] }),
};
