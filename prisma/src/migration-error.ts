/** The database cannot be brought to, or is not in, the state this version needs. The message is one line that says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
