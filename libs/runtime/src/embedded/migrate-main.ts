import { MigrationError } from '@baton/prisma';
import { ConfigProblem } from './config-problem.js';
import { prepareExternal } from './stack-database.js';
import { readStackSettings } from './stack-settings.js';

/**
 * Bring a database of the operator's up to date and end: roles, tables, queue schema. What a release runs before its processes
 * roll; `npm start` does the same by itself. Safe to run again, and beside processes of the release before.
 */
try {
  const { database } = readStackSettings(process.env);
  if (!database) throw new ConfigProblem('DATABASE_URL is missing: there is no database to migrate.');
  for (const name of ['DATABASE_ENGINE_URL', 'DATABASE_DISPATCHER_URL'] as const) {
    // A password made up here would be known to nobody.
    if (!process.env[name]) throw new ConfigProblem(`${name} is missing: the worker logs in with it.`);
  }
  await prepareExternal(database, process.env, { engine: '', dispatcher: '' }, false);
  process.stdout.write('The database is up to date.\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigProblem || error instanceof MigrationError ? 2 : 1;
}
