import type pg from 'pg';
import { isId } from '../row-id.js';
import { connect, prepared } from './connect.js';
import { asStoreError, isTransient } from './store-error.js';
import type { Row, Transaction } from './transaction.js';

const ATTEMPTS_MAX = 3;

export interface DatabaseOptions {
  /** Of the role `baton_app`. */
  readonly url: string;
  readonly poolSize?: number;
  /** Called after a commit that left work for the workers. Must neither throw nor wait. */
  readonly ring?: () => void;
}

/** The application's way to the database: one tenant per transaction, and no other way in. */
export class Database {
  readonly #pool: pg.Pool;
  readonly #ring: () => void;

  constructor(options: DatabaseOptions) {
    this.#pool = connect({ url: options.url, name: 'baton-app', size: options.poolSize ?? 10 });
    this.#ring = options.ring ?? (() => {});
  }

  /**
   * Runs `work` in one transaction that sees and writes this tenant's rows only. Commits when it returns, rolls back when it throws.
   *
   * `work` runs again after a deadlock or serialization failure (at most three times): keep side effects out of it.
   *
   * @throws AppError 503 `store-unavailable` when the database is away; whatever `work` throws.
   */
  async withTenant<Result>(tenantId: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    if (!isId(tenantId)) throw new TypeError('Expected the tenant id to be a UUID.');
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#run(tenantId, work);
      } catch (error) {
        if (!isTransient(error) || attempt === ATTEMPTS_MAX) throw asStoreError(error);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
      }
    }
  }

  async #run<Result>(tenantId: string, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let wake = false;
    let broken: Error | undefined;
    const tx: Transaction = {
      tenantId,
      async query<Found extends Row>(text: string, values: readonly unknown[] = []): Promise<Found[]> {
        return (await client.query<Found>(prepared(text, values))).rows;
      },
      wake: () => {
        wake = true;
      },
    };
    try {
      const begun = client.query(`begin; select set_config('app.tenant_id', '${tenantId}', true)`);
      begun.catch(() => {}); // awaited below; the queries behind it fail as well
      const result = await work(tx);
      await begun;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('Expected the transaction to commit, but a statement in it had failed unnoticed.');
      if (wake) this.#ring();
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

  /** Resolves when a trivial query was answered. */
  async ping(): Promise<void> {
    await this.#pool.query('select 1').catch((error: unknown) => {
      throw asStoreError(error);
    });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
