import { connectAsOwner } from '@baton/prisma';
import { runMigrations } from 'bullmq';

/** Where BullMQ's Postgres backend keeps its queues. */
const SCHEMA = 'bullmq';

/** Who rings and who hears the doorbell. The dispatcher has no business there. */
const USERS = 'baton_app, baton_engine';

/**
 * Make or update the schema of BullMQ's Postgres backend. The owner does it once; processes connect with `skipMigrations`.
 * Granted again each time, because an update may bring new tables.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = await connectAsOwner(ownerUrl);
  try {
    await runMigrations(client, SCHEMA);
    await client.query(`
      grant usage on schema ${SCHEMA} to ${USERS};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${USERS};
      grant usage, select on all sequences in schema ${SCHEMA} to ${USERS};
      grant execute on all functions in schema ${SCHEMA} to ${USERS};`);
  } finally {
    await client.end();
  }
}
