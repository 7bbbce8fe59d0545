import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveChange } from '@baton/contracts';
import { completeTask, Database, LiveFeed, newId, startInstance } from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bpmn, END, START, userTask } from './models.js';
import { codeOf, mary, noop, until, World } from './world.js';

// Features: D-05, P-01, R-10, H-09, P-16

const TASK = bpmn('task', [START, userTask('do'), END], 'start > do > end');

let world: World;
beforeAll(async () => {
  world = await World.open(noop);
  await world.deploy(TASK);
});
afterAll(() => world.close());

describe('a transaction of the application', () => {
  it('rings once it has committed, and not when it has not', async () => {
    let rings = 0;
    const db = new Database({ url: world.database.appUrl, ring: () => rings++ });
    await db.withTenant(world.acme, (tx) => startInstance(tx, { processId: 'task' }));
    expect(rings).toBe(1);
    await codeOf(
      db.withTenant(world.acme, async (tx) => {
        await startInstance(tx, { processId: 'task' });
        throw new Error('no');
      }),
    );
    await db.withTenant(world.acme, (tx) => tx.query('select 1'));
    expect(rings).toBe(1);
    await db.close();
  });

  it('that loses a deadlock runs again', async () => {
    const runs = [0, 0];
    const ids = await Promise.all([world.start('task'), world.start('task')]);
    for (const id of ids) await world.untilTask(id, 'do');
    const lock = (first: string, second: string, who: 0 | 1) =>
      world.as(async (tx) => {
        runs[who]!++;
        await tx.query('update process_instance set cancel_requested = false where tenant_id = $1 and id = $2', [tx.tenantId, first]);
        await sleep(100);
        await tx.query('update process_instance set cancel_requested = false where tenant_id = $1 and id = $2', [tx.tenantId, second]);
      });
    await Promise.all([lock(ids[0], ids[1], 0), lock(ids[1], ids[0], 1)]);
    expect(runs.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(2);
  });

  it('is not taken for committed when a statement failed and nobody looked', async () => {
    const swallowed = world.as(async (tx) => {
      await startInstance(tx, { processId: 'task', businessKey: 'swallowed' });
      await tx.query('select 1 / 0').catch(() => {});
      return 'done';
    });
    await expect(swallowed).rejects.toThrow('unnoticed');
    expect(await world.count(`process_instance where business_key = 'swallowed'`)).toBe(0);
  });

  it('leaves nothing of its tenant on the connection', async () => {
    const db = new Database({ url: world.database.appUrl, poolSize: 1 });
    const tenants = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? world.acme : world.beta));
    const seen = await Promise.all(
      tenants.map((tenantId, n) =>
        db
          .withTenant(tenantId, async (tx) => {
            const rows = await tx.query<{ tenant_id: string }>('select distinct tenant_id from membership');
            if (n % 5 === 0) throw new Error('rolled back');
            return rows;
          })
          .catch(() => [{ tenant_id: tenantId }]),
      ),
    );
    expect(seen).toEqual(tenants.map((tenant_id) => [{ tenant_id }]));
    await db.close();
  });

  it('is refused with a hint to try again when there is no server', async () => {
    const db = new Database({ url: 'postgres://baton_app@127.0.0.1:1/nowhere' });
    expect(await codeOf(db.withTenant(newId(), (tx) => tx.query('select 1')))).toBe('store-unavailable');
    expect(await codeOf(db.ping())).toBe('store-unavailable');
    await db.close();
  });
});

describe('those who listen', () => {
  it('hear what happened to their tenant, by id, and nothing of others', async () => {
    const feed = new LiveFeed({ url: world.database.appUrl });
    const heard: LiveChange[] = [];
    const foreign: LiveChange[] = [];
    let resyncs = 0;
    feed.subscribe(world.acme, { change: (change) => heard.push(change), resync: () => resyncs++ });
    feed.subscribe(world.beta, { change: (change) => foreign.push(change), resync: () => {} });
    await until(() => resyncs, 1);

    const id = await world.start('task', { secret: 'value' });
    const taskId = await world.untilTask(id, 'do');
    await world.as((tx) => completeTask(tx, { taskId, actor: mary }));
    await world.untilStatus(id, 'completed');
    const topics = () => new Set(heard.filter((change) => JSON.stringify(change).includes(id)).map(({ topic }) => topic));
    await until(topics, new Set(['process-instance', 'user-task']));
    expect(JSON.stringify(heard)).not.toContain('secret');
    expect(foreign).toEqual([]);

    // Its connection breaks: it comes back, and says that something may have been missed.
    await world.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'baton-live'`);
    await until(() => resyncs, 2);
    await feed.close();
  });
});
