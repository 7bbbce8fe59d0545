/** A setting that is missing or wrong. The message is one line that names the setting; the process exits with 2. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}
