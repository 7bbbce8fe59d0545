import {
  activateJobs,
  cancelInstance,
  claimTask,
  completeJob,
  completeTask,
  failJob,
  isId,
  newId,
  publishMessage,
  releaseTask,
  resolveIncident,
  startInstance,
  throwJobError,
  type Transaction,
} from '@baton/runtime';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bpmn, END, job, message, onMessage, onSignal, signal, START, startOn, userTask, waiter, waitFor } from './models.js';
import { mary, noop, until, World } from './world.js';

// Features: P-01, P-03, P-07, R-11

const EVERYTHING = bpmn(
  'everything',
  [
    START,
    '<parallelGateway id="fork" />',
    userTask('do'),
    job('work', 'everything'),
    waitFor('wait', onMessage('news')),
    waitFor('listen', onSignal('news')),
    job('fail', 'broken', 1),
    END,
  ],
  'start > fork > do > end; fork > work > end; fork > wait > end; fork > listen > end; fork > fail > end',
  [message('news', '&quot;key&quot;'), signal('news')],
);
const ON_ORDER = bpmn('on-order', [startOn('order', onMessage('order')), END], 'order > end', [message('order')]);
const DECISION = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="rules" namespace="http://baton.test">
  <decision id="rule" name="rule"><variable name="rule" /><literalExpression><text>1</text></literalExpression></decision></definitions>`;

/** Rows that no operation of the runtime makes by itself. */
const BY_HAND = `
  insert into command (tenant_id, id, instance_id, payload, held) select tenant_id, gen_random_uuid(), id, '\\x01007b7d', true from process_instance limit 1;
  insert into command_refusal (tenant_id, id, instance_id, type, code, message) select tenant_id, gen_random_uuid(), id, 'cancel', 'x', 'x' from process_instance limit 1;
  insert into idempotency (tenant_id, key, request_hash) select id, 'k', sha256('k') from tenant where key = 'acme';
  insert into refresh_token (tenant_id, id, person_id, family, token_hash, expires_at)
    select tenant_id, gen_random_uuid(), person_id, gen_random_uuid(), sha256('t'), now() from membership m join tenant t on t.id = m.tenant_id where t.key = 'acme' limit 1;
  insert into audit_entry (tenant_id, id, actor, action) select id, gen_random_uuid(), 'x', 'x' from tenant where key = 'acme';`;

let world: World;
const ids = { definition: '', instance: '', task: '', job: '', incident: '' };
let tables: string[];

/** Acme has rows in every table that has a tenant; Beta has no process at all. */
beforeAll(async () => {
  world = await World.open();
  const worker = world.run([noop, { type: 'broken', run: () => { throw new Error('broken'); } }]); // prettier-ignore
  await world.deploy(EVERYTHING, ON_ORDER, DECISION, waiter('buyer', 'paid'));
  await world.as((tx) => publishMessage(tx, { name: 'paid', correlationKey: 'k', timeToLiveMs: 600_000 }));
  await world.untilStatus(await world.start('buyer', { order: 'k' }), 'completed');
  ids.instance = await world.start('everything');
  ids.task = await world.untilTask(ids.instance, 'do');
  ids.incident = (await world.untilIncident(ids.instance, 'job-retries-exhausted')).id;
  [{ id: ids.job }] = (await world.query<{ id: string }>(`select id from job where type = 'everything'`)) as [{ id: string }];
  [{ id: ids.definition }] = (await world.query<{ id: string }>(`select id from process_definition where process_id = 'everything'`)) as [
    { id: string },
  ];
  await world.stop(worker);
  await world.as((tx) => activateJobs(tx, { type: 'everything', worker: 'w' }));
  await world.admin.query(BY_HAND);
  tables = (
    await world.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map(({ name }) => name);
});
afterAll(() => world.close());

/** One transaction of a role, with what it sets; always rolled back. */
async function within<Result>(url: string, setting: string | null, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    if (setting !== null) await client.query(setting);
    return await work(client);
  } finally {
    await client.end();
  }
}

const allowed = async (role: string, table: string, privilege: string) =>
  (await world.query<{ yes: boolean }>('select has_table_privilege($1, $2, $3) as yes', role, table, privilege))[0]!.yes;

describe.each([
  { role: 'baton_app', url: () => world.database.appUrl, named: () => `set local app.tenant_id = '${world.beta}'` },
  { role: 'baton_engine', url: () => world.database.engineUrl, named: () => `set local app.tenant_ids = '{${world.beta}}'` },
])('$role', ({ role, url, named }) => {
  it('reads nobody’s rows without naming a tenant, and only those of the tenant it names', async () => {
    expect(tables.length).toBeGreaterThanOrEqual(20);
    let looked = 0;
    for (const table of tables) {
      expect(await world.count(`${table} where tenant_id = $1`, world.acme), `fill ${table} in this test`).toBeGreaterThan(0);
      if (!(await allowed(role, table, 'select'))) continue;
      looked++;
      const visible = async (setting: string | null) =>
        within(
          url(),
          setting,
          async (client) => (await client.query<{ tenant_id: string }>(`select distinct tenant_id from ${table}`)).rows,
        );
      expect(await visible(null), table).toEqual([]);
      expect(
        (await visible(named())).filter(({ tenant_id }) => tenant_id !== world.beta),
        table,
      ).toEqual([]);
      const own = named().replace(world.beta, world.acme);
      expect(await visible(own), table).toEqual([{ tenant_id: world.acme }]);
    }
    expect(looked).toBeGreaterThanOrEqual(14);
  });

  it('writes nothing for a tenant it does not name', async () => {
    for (const table of tables) {
      const [row] = await world.query<{ row: unknown }>(
        `select to_jsonb(t) as row from ${table} t where tenant_id = $1 limit 1`,
        world.acme,
      );
      if (await allowed(role, table, 'insert')) {
        const insert = within(url(), named(), (client) =>
          client.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [JSON.stringify(row!.row)]),
        );
        await expect(insert, table).rejects.toThrow(/row-level security/);
      }
      if ((await allowed(role, table, 'delete')) || table === 'message_correlation') {
        const remove = within(url(), named(), (client) => client.query(`delete from ${table} where tenant_id = $1`, [world.acme]));
        if (table === 'message_correlation') await expect(remove).rejects.toThrow(/permission denied/);
        else expect((await remove).rowCount, table).toBe(0);
      }
    }
    const touch = await within(url(), named(), (client) =>
      client.query('update job set run_at = now() where tenant_id = $1', [world.acme]),
    );
    expect(touch.rowCount).toBe(0);
  });
});

describe('baton_dispatcher', () => {
  const read = (sql: string) => within(world.database.dispatcherUrl, null, (client) => client.query(sql));

  it('sees what is due for every tenant', async () => {
    expect((await read('select tenant_id, id, kind, run_at from job')).rowCount).toBeGreaterThan(0);
    expect((await read('select tenant_id, instance_id from command')).rowCount).toBeGreaterThan(0);
  });

  it('cannot read a payload, a variable or any other table', async () => {
    for (const column of ['payload', 'key', 'process_definition_id', 'attempts', '*'])
      await expect(read(`select ${column} from job`), column).rejects.toThrow(/permission denied/);
    for (const column of ['payload', 'id', '*'])
      await expect(read(`select ${column} from command`), column).rejects.toThrow(/permission denied/);
    for (const table of tables.filter((name) => name !== 'job' && name !== 'command'))
      await expect(read(`select tenant_id from ${table}`), table).rejects.toThrow(/permission denied/);
    await expect(read('delete from job')).rejects.toThrow(/permission denied/);
    await expect(read('update job set run_at = now()')).rejects.toThrow(/permission denied/);
  });
});

describe('an id of another tenant', () => {
  const actor = mary;
  const boss = { ...mary, supervisor: true };
  const operations: Record<string, { of: keyof typeof ids; run: (tx: Transaction, id: string) => Promise<unknown> }> = {
    'start a definition': { of: 'definition', run: (tx, processDefinitionId) => startInstance(tx, { processDefinitionId }) },
    'cancel an instance': { of: 'instance', run: (tx, processInstanceId) => cancelInstance(tx, { processInstanceId }) },
    'resolve an incident': { of: 'incident', run: (tx, incidentId) => resolveIncident(tx, { incidentId }) },
    'claim a task': { of: 'task', run: (tx, taskId) => claimTask(tx, { taskId, actor }) },
    'claim a task as supervisor': { of: 'task', run: (tx, taskId) => claimTask(tx, { taskId, actor: boss }) },
    'release a task': { of: 'task', run: (tx, taskId) => releaseTask(tx, { taskId, actor: boss }) },
    'complete a task': { of: 'task', run: (tx, taskId) => completeTask(tx, { taskId, actor: boss }) },
    'complete a job': { of: 'job', run: (tx, jobId) => completeJob(tx, { jobId, leaseEpoch: 1 }) },
    'fail a job': { of: 'job', run: (tx, jobId) => failJob(tx, { jobId, leaseEpoch: 1, message: 'x' }) },
    'throw from a job': { of: 'job', run: (tx, jobId) => throwJobError(tx, { jobId, leaseEpoch: 1, errorCode: 'x' }) },
  };
  const refusal = (work: (tx: Transaction) => Promise<unknown>) =>
    world.as(work, world.beta).then(
      () => expect.fail('Expected this to be refused.'),
      ({ code, status, message: text, errors }: { code: string; status: number; message: string; errors: unknown }) => ({
        code,
        status,
        text,
        errors,
      }),
    );
  /** Everything Acme has, as text. */
  const everythingOfAcme = async () => {
    const all: string[] = [];
    for (const table of tables) {
      const rows = await world.query(`select * from ${table} where tenant_id = $1 order by 1, 2, 3`, world.acme);
      all.push(`${table} ${JSON.stringify(rows)}`);
    }
    return all;
  };

  it.each(Object.entries(operations))('is, to %s, an id that does not exist', async (_, { of, run }) => {
    expect(isId(ids[of])).toBe(true);
    const before = await everythingOfAcme();
    const foreign = await refusal((tx) => run(tx, ids[of]));
    expect(foreign).toEqual(await refusal((tx) => run(tx, newId())));
    expect(foreign).toMatchObject({ code: 'not-found', status: 404 });
    expect(await everythingOfAcme()).toEqual(before);
  });

  it('and the names of its processes, job types and messages lead nowhere', async () => {
    const before = await everythingOfAcme();
    const unknown = await refusal((tx) => startInstance(tx, { processId: 'nobody-has-this' }));
    expect(await refusal((tx) => startInstance(tx, { processId: 'everything' }))).toEqual(unknown);
    expect(await world.as((tx) => activateJobs(tx, { type: 'everything', worker: 'w' }), world.beta)).toEqual([]);
    const worker = world.run([noop]);
    await world.as((tx) => publishMessage(tx, { name: 'order' }), world.beta);
    await world.as((tx) => publishMessage(tx, { name: 'news', correlationKey: 'key' }), world.beta);
    await until(() => world.count('message where tenant_id = $1', world.beta), 0);
    await world.stop(worker);
    expect(await everythingOfAcme()).toEqual(before);
  });
});

it('a tenant id that is no UUID never reaches a statement', async () => {
  await expect(world.db.withTenant(`x', true); select 1 --`, (tx) => tx.query('select 1'))).rejects.toThrow(TypeError);
});
