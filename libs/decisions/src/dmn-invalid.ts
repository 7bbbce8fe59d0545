/** One finding in a decision file. `code` is a slug of the bad-input table. */
export interface DmnProblem {
  readonly code: string;
  readonly message: string;
  readonly elementId?: string;
  /** Of the file, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A file that is no usable decision model; every finding at once. */
export class DmnInvalid extends Error {
  override readonly name = 'DmnInvalid';

  constructor(readonly problems: readonly DmnProblem[]) {
    super(problems.map(({ message }) => message).join('\n'));
  }
}
