import pg from 'pg';

/** Limits of every connection: a statement, a lock or a forgotten transaction never holds others for long. */
export const TIMEOUTS = { statementMs: 5_000, lockMs: 2_000, idleInTransactionMs: 10_000, connectMs: 5_000 } as const;

export interface PoolSettings {
  readonly url: string;
  readonly name: string;
  readonly size: number;
}

/**
 * A pool whose clients send statements without waiting for the answer to the one before (`pipeline`), so that a whole
 * transaction costs one round trip. Lost connections are replaced on next use; their errors never reach the process.
 */
export function connect({ url, name, size }: PoolSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: size,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: TIMEOUTS.connectMs,
    statement_timeout: TIMEOUTS.statementMs,
    lock_timeout: TIMEOUTS.lockMs,
    idle_in_transaction_session_timeout: TIMEOUTS.idleInTransactionMs,
  } as pg.PoolConfig);
  pool.on('error', () => {}); // an idle connection broke: the pool has dropped it already
  pool.on('connect', (client) => client.on('error', () => {})); // a busy one broke: its queries reject
  return pool;
}

const names = new Map<string, string>();

/** A prepared statement: the name stands for the text on every connection. */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `s${names.size}`));
  return { name, text, values: values as unknown[] };
}
