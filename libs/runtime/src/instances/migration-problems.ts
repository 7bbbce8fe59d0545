import type { ProblemDetail } from '@baton/contracts';
import { migrate, planMigration, Refusal } from '@baton/engine';
import type { Instance, Migration, Process } from '@baton/engine';

/** What stands against moving an instance as it is now; empty when nothing does. Changes nothing: the migration is tried on a copy. */
export function migrationProblems(from: Process, to: Process, instance: Instance, migration: Migration): readonly ProblemDetail[] {
  try {
    migrate(from, to, instance, migration);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return reasonsAgainst(error, from, to, instance, migration);
  }
}

/** The reasons behind the refusal of a migration, one by one. What only shows when events are evaluated has no element. */
export function reasonsAgainst(
  { code, message }: Refusal,
  from: Process,
  to: Process,
  instance: Instance,
  { mapping }: Pick<Migration, 'mapping'>,
): readonly ProblemDetail[] {
  const problems = code === 'migration-unsafe' ? planMigration(from, to, instance, mapping) : [];
  return problems.length > 0 ? problems : [{ code: code === 'migration-unsafe' ? 'event-failed' : code, message }];
}
