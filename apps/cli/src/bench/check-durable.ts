import { fold } from '@baton/engine';
import type { Event } from '@baton/engine';
import { connectAsOwner } from '@baton/prisma';
import { decode, encode } from '@baton/runtime';
import type { BenchDatabase } from './bench-database.js';

/** What the tables say after a run. */
export interface DurableCheck {
  readonly instances: number;
  /** Rows of history: the steps that were made durable. */
  readonly steps: number;
}

const PAGE = 500;

/**
 * Hold the database to what was measured: every instance completed, every history without a gap and folding to the stored
 * state byte for byte, nothing left in an inbox or a job.
 *
 * @throws Error naming the first thing that is wrong.
 */
export async function checkDurable({ ownerUrl, tenantId }: BenchDatabase, expected: number): Promise<DurableCheck> {
  const client = await connectAsOwner(ownerUrl);
  try {
    await client.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
    const { rows } = await client.query<{ count: number; left: number }>(
      `select (select count(*) from process_instance where tenant_id = $1 and status = 'completed')::int as count,
         (select count(*) from command where tenant_id = $1)::int + (select count(*) from job where tenant_id = $1)::int as left`,
      [tenantId],
    );
    const { count, left } = rows[0]!;
    if (count !== expected) throw new Error(`not durable: ${count} instances are completed, ${expected} were started`);
    if (left > 0) throw new Error(`not done: ${left} commands and jobs are left`);
    let steps = 0;
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const page = await client.query<{ id: string; state: Buffer; first: number[]; events: Buffer[] }>(
        `select i.id, i.state, array_agg(h.first_seq order by h.first_seq) as first, array_agg(h.events order by h.first_seq) as events
         from (select tenant_id, id, state from process_instance where tenant_id = $1 and id > $2 order by id limit ${PAGE}) i
         join history h on h.tenant_id = i.tenant_id and h.instance_id = i.id group by i.id, i.state order by i.id`,
        [tenantId, after],
      );
      for (const instance of page.rows) steps += checkHistory(instance);
      if (page.rows.length === 0) return { instances: count, steps };
      after = page.rows.at(-1)!.id;
    }
  } finally {
    await client.end();
  }
}

function checkHistory({ id, state, first, events }: { id: string; state: Buffer; first: number[]; events: Buffer[] }): number {
  const all: Event[] = [];
  for (const [index, bytes] of events.entries()) {
    if (first[index] !== all.length) throw new Error(`not durable: the history of ${id} has a gap at ${all.length}`);
    all.push(...decode<Event[]>(bytes));
  }
  if (!encode(fold(all)).equals(state)) throw new Error(`not durable: the history of ${id} does not fold to its state`);
  return events.length;
}
