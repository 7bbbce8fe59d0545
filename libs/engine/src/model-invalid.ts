import type { ElementId } from './model.js';

/** One finding about a model. `code` is a slug of the bad-input table: `bpmn-invalid`, `feel-syntax`, `timer-invalid` … */
export interface ModelProblem {
  readonly code: string;
  readonly message: string;
  readonly elementId?: ElementId;
}

/** A model that cannot run. Carries every finding at once, in document order. */
export class ModelInvalid extends Error {
  override readonly name = 'ModelInvalid';

  constructor(readonly problems: readonly ModelProblem[]) {
    super(problems.map((problem) => problem.message).join(' '));
  }
}
