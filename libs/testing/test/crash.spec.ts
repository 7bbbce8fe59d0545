import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Started, UserTask } from '@baton/contracts';
import { BatonProblem } from '@baton/sdk';
import type { BatonClient } from '@baton/sdk';
import type { TestStack } from '@baton/testing';
import { checkInvariants, Ledger, seeded, shuffled, startStack } from '@baton/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Features: E-11, R-08, R-11

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const INSTANCES = 200;
const KILLS_OF_EACH = 3;
const DRAIN_MS = 90_000;

type Victim = 'worker' | 'api' | 'postgres';

/** What a kill hit: calls that had no answer, and accepted work that was not done. */
interface Hit {
  readonly victim: Victim;
  readonly calls: number;
  readonly work: number;
}

let stack: TestStack;
let ledger: Ledger;
let hits: Hit[];

/** A superuser's session that survives kills of the server: made for one look. */
async function look<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stack.database.superuserUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Accepted commands without a step, and jobs a worker holds. */
async function workInFlight(): Promise<number> {
  const [row] = await look<{ count: number }>(
    `select (select count(*) from command)::int + (select count(*) from job where kind = 'connector')::int as count`,
  );
  return row?.count ?? 0;
}

/** Strike when there is something to hit: a kill of an idle process proves nothing. */
async function strike(victim: Victim): Promise<Hit> {
  for (let waited = 0; waited < 5_000; waited += 5) {
    const work = await workInFlight();
    if (victim === 'api' ? ledger.inFlight > 0 : work > 0) {
      const calls = ledger.inFlight;
      await stack.kill(victim);
      // With the worker dead nothing is done any more: what is there now was hit.
      return { victim, calls, work: victim === 'worker' ? await workInFlight() : work };
    }
    await sleep(5);
  }
  await stack.kill(victim);
  return { victim, calls: 0, work: 0 };
}

async function startInstances(client: BatonClient, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    await ledger.call('start', (idempotencyKey) =>
      client.start({ processId: 'three-jobs', businessKey: `order-${number}` }, { idempotencyKey }),
    );
  }
}

/** A manager who completes whatever appears, until every instance's task is done. */
async function completeTasks(client: BatonClient): Promise<void> {
  const deadline = Date.now() + 4 * 60_000;
  const taken = new Set<string>();
  while (ledger.acknowledged('complete').size < INSTANCES) {
    if (Date.now() > deadline) throw new Error(`only ${ledger.acknowledged('complete').size} of ${INSTANCES} tasks could be completed`);
    const page = await client.userTasks({ view: 'inbox', limit: 100 }).catch(() => ({ items: [] as UserTask[] }));
    const fresh = page.items.filter((task) => task.state === 'open' && !taken.has(task.id));
    for (const task of fresh) taken.add(task.id);
    await Promise.all(fresh.slice(0, 8).map((task) => completeTask(client, task)));
    for (const task of fresh.slice(8)) taken.delete(task.id);
    if (fresh.length === 0) await sleep(100);
  }
}

async function completeTask(client: BatonClient, task: UserTask): Promise<void> {
  await ledger.call('claim', (idempotencyKey) => client.claimTask(task.id, { idempotencyKey }), `claim-${task.id}`);
  await ledger.call(
    'complete',
    (idempotencyKey) => client.completeTask(task.id, { variables: { approved: true } }, { idempotencyKey }),
    task.id,
  );
}

beforeAll(async () => {
  console.log(`SEED=${SEED}`);
  stack = await startStack({ apis: 1, workers: 2 });
  ledger = new Ledger(join(stack.cluster.folder, 'ledger.jsonl'));
  const designer = await stack.client('acme/designer');
  const content = readFileSync(join(import.meta.dirname, 'three-jobs.bpmn'), 'utf8');
  await designer.deploy({ files: [{ name: 'three-jobs.bpmn', content }] });
  hits = await runUnderFire();
});
afterAll(async () => {
  ledger?.close();
  await stack?.stop();
});

/** Instances arrive in as many waves as there are kills, and each wave is hit while it is under way. */
async function runUnderFire(): Promise<Hit[]> {
  const random = seeded(SEED);
  const victims = shuffled(
    (['worker', 'api', 'postgres'] as const).flatMap((victim) => Array.from({ length: KILLS_OF_EACH }, () => victim)),
    random,
  );
  const requester = await stack.client('acme/requester');
  const completing = completeTasks(await stack.client('acme/manager'));
  const struck: Hit[] = [];
  const waves: Promise<void>[] = [];
  const bound = (wave: number) => Math.round((INSTANCES * wave) / victims.length);
  for (const [wave, victim] of victims.entries()) {
    const middle = Math.round((bound(wave) + bound(wave + 1)) / 2);
    waves.push(startInstances(requester, bound(wave), middle), startInstances(requester, middle, bound(wave + 1)));
    await sleep(40 + random() * 300);
    struck.push(await strike(victim));
    await sleep(random() * 400);
    await stack.restart(victim);
    await sleep(200 + random() * 500);
  }
  await Promise.all([...waves, completing]);
  return struck;
}

describe(`kill -9 of worker, api and Postgres under ${INSTANCES} instances`, () => {
  it('completes every instance, and each exactly once', async () => {
    const deadline = Date.now() + DRAIN_MS;
    const states = () =>
      look<{ status: string; count: number }>('select status, count(*)::int as count from process_instance group by status');
    while (Date.now() < deadline && (await states()).some(({ status }) => status !== 'completed')) await sleep(200);

    expect(await states(), `SEED=${SEED}\n${stack.log('worker').slice(-3_000)}`).toEqual([{ status: 'completed', count: INSTANCES }]);
    const [orders] = await look<{ count: number }>('select count(distinct business_key)::int as count from process_instance');
    expect(orders).toEqual({ count: INSTANCES });
  });

  it('lost nothing it acknowledged, folds every history to its state, and leaves nobody silent', async () => {
    expect(await withClient((client) => checkInvariants(client, acknowledged())), `SEED=${SEED}`).toEqual([]);
  });

  it('was really hit: every kind of process, each time with work under way', () => {
    const told = hits.map(({ victim, calls, work }) => `${victim}: ${calls} calls unanswered, ${work} pieces of work not done`);
    console.log(`SEED=${SEED}\nkills:\n  ${told.join('\n  ')}\nanswers lost and asked for again: ${ledger.unknowns}`);

    for (const victim of ['worker', 'api', 'postgres'] as const) {
      const ofKind = hits.filter((hit) => hit.victim === victim);
      expect(ofKind).toHaveLength(KILLS_OF_EACH);
      expect(ofKind.filter(({ calls, work }) => (victim === 'api' ? calls : work) > 0).length, `${victim} hit in flight`).toBeGreaterThan(
        0,
      );
    }
    expect(ledger.unknowns).toBeGreaterThan(0);
  });

  it('refuses to complete a completed task again', async () => {
    const manager = await stack.client('acme/manager');
    const [taskId = ''] = ledger.acknowledged('complete').keys();

    const refusal = await manager.completeTask(taskId).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(BatonProblem);
    expect((refusal as BatonProblem).code).toBe('task-not-open');
  });
});

/** A checker that was never red proves nothing: each corruption must be named. */
describe('the invariant checker', () => {
  const corruptions: readonly (readonly [what: string, sql: string, invariant: string])[] = [
    ['an acknowledged instance that is gone', `update process_instance set id = gen_random_uuid() where business_key = 'order-7'`, 'I1'],
    [
      'an acknowledged completion that did not happen',
      `update user_task set state = 'open' where id = (select id from user_task limit 1)`,
      'I1',
    ],
    [
      'a lost step of the history',
      `delete from history where first_seq > 0 and instance_id = (select id from process_instance where business_key = 'order-7')`,
      'I3',
    ],
    [
      'a state that is not what the history says',
      `update process_instance set state = overlay(state placing '\\x20' from 3) where business_key = 'order-7'`,
      'I3',
    ],
    [
      'a live instance nothing will wake',
      `update process_instance set ended_at = null, status = 'active' where business_key = 'order-7'`,
      'I12',
    ],
  ];

  it.each(corruptions)('turns red for %s', async (_, sql, invariant) => {
    await withClient(async (client) => {
      // Foreign keys out of the way: a corruption does not ask for permission.
      await client.query(`begin; set local session_replication_role = replica; ${sql}`);
      const found = await checkInvariants(client, acknowledged());
      await client.query('rollback');

      expect(found.map((violation) => violation.invariant)).toContain(invariant);
    });
  });
});

function acknowledged() {
  return {
    starts: [...ledger.acknowledged<Started>('start').values()].map((started) => started.id),
    intents: INSTANCES,
    completions: [...ledger.acknowledged('complete').keys()],
  };
}

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.database.superuserUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
