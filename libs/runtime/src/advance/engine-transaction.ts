import type pg from 'pg';
import { prepared, sendTogether } from '../database/connect.js';
import type { Row } from '../database/transaction.js';

/** One transaction of the engine: it sees and writes the rows of exactly the tenants of its batch. */
export interface EngineTransaction {
  query<Result extends Row = Row>(text: string, values?: readonly unknown[]): Promise<Result[]>;
  /**
   * Commits right behind the statements that were sent, without waiting for their answers. Only for who has nothing to decide on
   * these answers: one that fails takes the commit with it. Nothing may be asked afterwards.
   */
  commit(): Promise<void>;
}

/** Runs `work` as `baton_engine` for these tenants. Commits when it returns, rolls back when it throws. */
export async function withTenants<Result>(
  pool: pg.Pool,
  tenantIds: ReadonlySet<string>,
  work: (tx: EngineTransaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let committing: Promise<void> | undefined;
  const tx: EngineTransaction = {
    async query<Found extends Row>(text: string, values: readonly unknown[] = []): Promise<Found[]> {
      sendTogether(client);
      return (await client.query<Found>(prepared(text, values))).rows;
    },
    commit() {
      committing ??= commit(client);
      return committing;
    },
  };
  try {
    // Ids come from our own rows: hexadecimal digits and dashes only.
    sendTogether(client);
    const begun = client.query(`begin; select set_config('app.tenant_ids', '{${[...tenantIds].join(',')}}', true)`);
    begun.catch(() => {}); // awaited below; the queries behind it fail as well
    const result = await work(tx);
    await begun;
    await tx.commit();
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

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  if (command !== 'COMMIT') throw new Error('Expected the batch to commit, but a statement in it had failed unnoticed.');
}
