import type { Form, Variables } from '@baton/contracts';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { shownProblem } from '../api/shown-problem.js';
import './form.css';
import './widgets.css';
import { formValidator } from './form-validator.js';
import { fieldsOf, schemasOf } from './schema.js';
import type { FormData } from './schema.js';
import { serverErrors } from './server-errors.js';
import { ThemedForm } from './theme.js';

interface Props {
  readonly form: Form;
  readonly submitLabel: string;
  readonly isBusy: boolean;
  /** Why the server did not take it: shown at its field, or above the button. */
  readonly error: unknown;
  readonly onSubmit: (variables: Variables) => void;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** A form from a schema, in our own widgets. What the server refuses appears at the field it means. */
export function GeneratedForm({ form, submitLabel, isBusy, error, onSubmit, children }: Props) {
  const [data, setData] = useState<FormData>({ ...form.data });
  const { schema, uiSchema } = useMemo(() => schemasOf(form), [form]);
  const fields = fieldsOf(form);
  const extraErrors = useMemo(() => serverErrors(error, fieldsOf(form)), [error, form]);
  return (
    <ThemedForm
      className="form"
      schema={schema}
      uiSchema={uiSchema}
      formData={data}
      validator={formValidator}
      {...(extraErrors && { extraErrors })}
      idPrefix="field"
      noHtml5Validate
      showErrorList={false}
      focusOnFirstError
      disabled={isBusy}
      onError={focusesField}
      experimental_defaultFormStateBehavior={UNANSWERED}
      onChange={(change) => setData(change.formData ?? {})}
      onSubmit={(submitted) => onSubmit(variablesOf(submitted.formData ?? {}, fields))}
    >
      {fields.length === 0 && <p className="form__empty">Nothing needs to be filled in.</p>}
      {error !== null && error !== undefined && !extraErrors && (
        <p className="problem-note" role="alert">
          {shownProblem(error).detail ?? shownProblem(error).title}
        </p>
      )}
      <div className="form__actions">
        <Button type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        {children}
      </div>
      {form.inferred && fields.length > 0 && (
        <p className="form__note">This form was made from the data the process reads, because the process brings none.</p>
      )}
    </ThemedForm>
  );
}

/** What must be answered starts unanswered: an approval is not refused by default, and no choice is the first one by default. */
const UNANSWERED = { requiredBooleanDefault: 'skip', constAsDefaults: 'never' } as const;

/** Errors stand at their fields already, and the first one has the focus; without this the library writes them to the console. */
function focusesField(): void {}

/** What was entered, without fields left empty and without what the form does not ask for. */
function variablesOf(data: FormData, fields: readonly string[]): Variables {
  const entered = fields.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]]));
  return Object.fromEntries(entered) as Variables;
}
