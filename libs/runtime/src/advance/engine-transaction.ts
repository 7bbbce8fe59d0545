import type pg from 'pg';
import { prepared } from '../database/connect.js';
import type { Row } from '../database/transaction.js';

/** One transaction of the engine: it sees and writes the rows of exactly the tenants of its batch. */
export interface EngineTransaction {
  query<Result extends Row = Row>(text: string, values?: readonly unknown[]): Promise<Result[]>;
}

/** Runs `work` as `baton_engine` for these tenants. Commits when it returns, rolls back when it throws. */
export async function withTenants<Result>(
  pool: pg.Pool,
  tenantIds: ReadonlySet<string>,
  work: (tx: EngineTransaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const tx: EngineTransaction = {
    async query<Found extends Row>(text: string, values: readonly unknown[] = []): Promise<Found[]> {
      return (await client.query<Found>(prepared(text, values))).rows;
    },
  };
  try {
    // Ids come from our own rows: hexadecimal digits and dashes only.
    const begun = client.query(`begin; select set_config('app.tenant_ids', '{${[...tenantIds].join(',')}}', true)`);
    begun.catch(() => {}); // awaited below; the queries behind it fail as well
    const result = await work(tx);
    await begun;
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('Expected the batch to commit, but a statement in it had failed unnoticed.');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
