import { MigrationError, requireReadyAt } from '@baton/prisma';
import { ConfigError } from './config.js';
import { isStoreDown } from './refusal-of.js';

/** The database does not answer now. Trying again later may help, so this is no matter of settings. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/**
 * Refuse a database this version must not use: through a role that row-level security does not hold, with migrations missing,
 * or of a newer version (row 85 of the bad-input table).
 *
 * @throws ConfigError in one line that names `DATABASE_URL`; DatabaseAway when nobody answers there.
 */
export async function requireSafeDatabase(databaseUrl: string): Promise<void> {
  try {
    await requireReadyAt(databaseUrl, 'DATABASE_URL');
  } catch (error) {
    if (error instanceof MigrationError) throw new ConfigError(naming(error.message), { cause: error });
    const code = (error as { code?: string }).code ?? 'no answer';
    if (isStoreDown(error)) throw new DatabaseAway(`The database of DATABASE_URL does not answer (${code}).`, { cause: error });
    throw new ConfigError(`DATABASE_URL does not lead to a database that lets us in (${code}).`, { cause: error });
  }
}

const naming = (message: string): string => (message.includes('DATABASE_URL') ? message : `DATABASE_URL: ${message}`);
