import { EvaluationFailed } from '../ports.js';

/** A text that is no time. At deploy a problem of the model, at run time an incident: `timer-invalid` in both. */
export function timerInvalid(text: string, why: string): EvaluationFailed {
  return new EvaluationFailed('timer-invalid', `“${text.slice(0, 100)}” is not a valid timer: ${why}.`);
}
