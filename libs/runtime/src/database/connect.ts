import type { Writable } from 'node:stream';
import pg from 'pg';

/** Limits of every connection: a statement, a lock or a forgotten transaction never holds others for long. */
export const TIMEOUTS = { statementMs: 5_000, lockMs: 2_000, idleInTransactionMs: 10_000, connectMs: 5_000 } as const;

export interface PoolSettings {
  readonly url: string;
  readonly name: string;
  readonly size: number;
  /** Whoever only looks rows up by their keys: no planning per execution, and no scan of a table whose statistics are of yesterday. */
  readonly byKeyOnly?: boolean;
}

const BY_KEY_ONLY = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off';

/**
 * A pool whose clients send statements without waiting for the answer to the one before (`pipeline`), so that a whole
 * transaction costs one round trip. Lost connections are replaced on next use; their errors never reach the process.
 */
export function connect({ url, name, size, byKeyOnly = false }: PoolSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: size,
    ...(byKeyOnly && { options: BY_KEY_ONLY }),
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

const gathering = new WeakSet<Writable>();

/** What is asked of this client in the current turn leaves with one write: the system call costs more than the statement. */
export function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Writable } }).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
