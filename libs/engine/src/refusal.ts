/**
 * A command that this instance cannot take now. The instance is unchanged.
 *
 * The only thing `step` throws: a failing model becomes an incident, not an exception.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** Stable slug: `instance-not-active`, `not-waiting`, `already-started`, `no-start-event`, `unknown-scope` … */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
