import { setTimeout as sleep } from 'node:timers/promises';
import { fold, type Event } from '@baton/engine';
import { cancelInstance, decode, encode, resolveIncident, startInstance, type HostedHandler } from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bpmn, END, job, onMessage, message, script, START, userTask } from './models.js';
import { codeOf, noop, until, World } from './world.js';

// Features: E-01, E-07, E-11, E-15, E-17, E-26, E-31, R-11

const CHAIN = bpmn('chain', [START, job('a', 'noop'), job('b', 'noop'), job('c', 'noop'), END], 'start > a > b > c > end');
const TASK = bpmn('task', [START, userTask('do'), END], 'start > do > end');

/** Records, with superuser rights, what each transaction wrote and each state a step left behind. */
const WITNESS = `
  create table witness (at bigserial, xid text, what text, instance_id uuid, state bytea);
  create function bear_witness() returns trigger security definer language plpgsql as $$
  begin
    insert into public.witness (xid, what, instance_id, state) values (pg_current_xact_id()::text, tg_table_name,
      (to_jsonb(new) ->> case tg_table_name when 'process_instance' then 'id' else 'instance_id' end)::uuid,
      (to_jsonb(new) ->> 'state')::bytea);
    return new;
  end $$;
  create trigger witness after insert or update on process_instance for each row execute function bear_witness();
  create trigger witness after insert or update on job for each row execute function bear_witness();
  create trigger witness after insert or update on history for each row execute function bear_witness();`;

describe('the durable step', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(noop);
    await world.deploy(CHAIN);
    await world.deploy(TASK);
  });
  afterAll(async () => {
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('runs a chain of built-in jobs to its end with one commit per step', async () => {
    await world.query(WITNESS);
    const id = await world.start('chain', { amount: 12.5, note: 'Grüße 🎼' });
    await world.untilStatus(id, 'completed');
    expect(await world.completed(id)).toEqual(['start', 'a', 'b', 'c', 'end']);

    // One transaction to accept, and one for each of: start, result of a, of b, of c.
    const writers = await world.query<{ xid: string }>('select distinct xid from witness where instance_id = $1', id);
    expect(writers).toHaveLength(5);
    expect((await world.instance(id)).revision).toBe('4');
    expect(await world.count('job where instance_id = $1', id)).toBe(0);
    expect(await world.count('command where instance_id = $1', id)).toBe(0);
  });

  it('leaves after every single step a state that is the fold of its history, byte for byte and without a gap', async () => {
    const [row] = await world.query<{ instance_id: string }>('select instance_id from witness limit 1');
    const id = row!.instance_id;
    const states = await world.query<{ state: Buffer }>(
      'select state from witness where instance_id = $1 and state is not null order by at',
      id,
    );
    const steps = await world.query<{ first_seq: number; count: number; events: Buffer }>(
      'select first_seq, count, events from history where instance_id = $1 order by first_seq',
      id,
    );
    expect(states).toHaveLength(4);
    expect(steps).toHaveLength(4);
    const events: Event[] = [];
    for (const [at, step] of steps.entries()) {
      expect(step.first_seq).toBe(events.length);
      events.push(...decode<Event[]>(step.events));
      expect(events).toHaveLength(step.first_seq + step.count);
      expect(encode(fold(events)).toString('hex')).toBe(states[at]!.state.toString('hex'));
    }
  });

  it('keeps what a transaction that was rolled back has written from ever happening', async () => {
    const before = await world.count('process_instance');
    await expect(
      world.as(async (tx) => {
        await startInstance(tx, { processId: 'chain' });
        throw new Error('the caller changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    expect(await world.count('process_instance')).toBe(before);
  });

  it('goes on after a thousand transitions in a new step, until a loop that never waits gets an incident', async () => {
    const loop = bpmn(
      'loop',
      [START, '<exclusiveGateway id="join" />', script('count', 'n + 1', 'n'), '<exclusiveGateway id="more" default="f1-0" />', END],
      'start > join > count > more; more > end',
    ).replace(
      '</process>',
      '<sequenceFlow id="again" sourceRef="more" targetRef="join"><conditionExpression xsi:type="tFormalExpression">=n &lt; 1000</conditionExpression></sequenceFlow></process>',
    );
    await world.deploy(loop);
    const id = await world.start('loop', { n: 0 });
    await world.untilStatus(id, 'completed');
    expect(await world.variables(id)).toEqual({ n: 1000 });
    const steps = await world.query<{ events: Buffer }>('select events from history where instance_id = $1 order by first_seq', id);
    expect(steps.length).toBeGreaterThanOrEqual(3); // 3 000 elements entered
    const last = steps.slice(0, -1).map(({ events }) => decode<Event[]>(events).at(-1)!.type);
    expect(new Set(last)).toEqual(new Set(['stepYielded']));
  });

  it('keeps a refused command on record and changes nothing by it', async () => {
    const id = await world.start('task');
    await world.untilTask(id, 'do');
    const { revision } = await world.instance(id);
    const payload = encode({ type: 'completeJob', key: 4711, variables: {} });
    await world.query(
      'insert into command (tenant_id, id, instance_id, payload) values ($1, gen_random_uuid(), $2, $3)',
      world.acme,
      id,
      payload,
    );
    world.wake();
    await until(() => world.count('command where instance_id = $1', id), 0, 5_000);
    expect(await world.query('select type, code from command_refusal where instance_id = $1', id)).toEqual([
      { type: 'completeJob', code: 'not-waiting' },
    ]);
    expect((await world.instance(id)).revision).toBe(revision);
  });

  it('empties the inbox of an instance that has ended: what came too late is refused, not kept for ever', async () => {
    const id = await world.start('chain');
    await world.untilStatus(id, 'completed');
    const payload = encode({ type: 'cancel' });
    await world.query(
      'insert into command (tenant_id, id, instance_id, payload) values ($1, gen_random_uuid(), $2, $3)',
      world.acme,
      id,
      payload,
    );
    world.wake();
    await until(() => world.count('command where instance_id = $1', id), 0, 5_000);
    expect(await world.query('select code from command_refusal where instance_id = $1', id)).toEqual([{ code: 'instance-not-active' }]);
  });

  it('cancels a running instance, and tells who comes later that it has ended', async () => {
    const id = await world.start('task');
    const task = await world.untilTask(id, 'do');
    await world.as((tx) => cancelInstance(tx, { processInstanceId: id, reason: 'a test', by: 'admin' }));
    await world.untilStatus(id, 'terminated');
    expect(await world.query('select state from user_task where id = $1', task)).toEqual([{ state: 'canceled' }]);
    expect((await world.events(id)).at(-1)).toEqual({ type: 'instanceTerminated', by: 'admin', reason: 'a test' });
    expect(await codeOf(world.as((tx) => cancelInstance(tx, { processInstanceId: id })))).toBe('instance-not-active');
  });

  it('works off far more than one look finds, with no doorbell at all', async () => {
    world.ring = () => {};
    const many = bpmn('many', [START, END], 'start > end');
    await world.deploy(many);
    await world.as(async (tx) => {
      for (let n = 0; n < 1_500; n++) await startInstance(tx, { processId: 'many' });
    });
    const done = () =>
      world.count(
        `process_instance i join process_definition d on d.id = i.process_definition_id where d.process_id = 'many' and i.status = 'completed'`,
      );
    await until(done, 1_500, 4_500);
    world.ring = () => world.wake();
  });
});

describe('an instance that cannot be stepped', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    await world.deploy(TASK);
  });
  afterAll(() => world.close());

  it('is held with an incident while the others of its batch go on, and goes on once the cause is gone', async () => {
    const runtime = world.run([noop]);
    const ids = await world.as(async (tx) => {
      const started: string[] = [];
      for (let n = 0; n < 5; n++) started.push((await startInstance(tx, { processId: 'task' })).id);
      return started;
    });
    for (const id of ids) await world.untilTask(id, 'do');
    await world.stop(runtime);

    const [poisoned, ...others] = ids as [string, ...string[]];
    const { state } = await world.instance(poisoned);
    await world.query(`update process_instance set state = '\\x0100ff' where id = $1`, poisoned);
    await world.as(async (tx) => {
      for (const id of ids) await cancelInstance(tx, { processInstanceId: id });
    });
    world.run([noop]);
    for (const id of others) await world.untilStatus(id, 'terminated');
    const incident = await world.untilIncident(poisoned, 'internal');
    expect(await world.count('command where instance_id = $1 and held', poisoned)).toBe(1);
    expect((await world.instance(poisoned)).open_incidents).toBe(1);

    await world.query('update process_instance set state = $2 where id = $1', poisoned, state);
    await world.as((tx) => resolveIncident(tx, { incidentId: incident.id }));
    await world.untilStatus(poisoned, 'terminated');
    expect(await codeOf(world.as((tx) => resolveIncident(tx, { incidentId: incident.id })))).toBe('incident-not-open');
  });

  it('is held when the database refuses what its step wants to write', async () => {
    const tooLong = bpmn(
      'too-long',
      [START, `<intermediateCatchEvent id="wait">${onMessage('long')}</intermediateCatchEvent>`, END],
      'start > wait > end',
      [message('long', 'key')],
    );
    await world.deploy(tooLong);
    // Past what an index entry can hold, and not to be compressed.
    const key = Array.from({ length: 8_000 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919) % 20_000))).join('');
    const id = await world.start('too-long', { key });
    const { message: why } = await world.untilIncident(id, 'internal');
    expect(why).toContain('index');
  });

  it('keeps what its built-in job has answered, and never does that work again', async () => {
    let runs = 0;
    let finish = () => {};
    const charge: HostedHandler = {
      type: 'charge',
      run: () => new Promise((resolve) => (runs++, (finish = () => resolve({ charged: true })))),
    };
    const world = await World.open();
    world.run([charge], { leaseMs: 200 });
    await world.deploy(bpmn('charge', [START, job('work', 'charge'), END], 'start > work > end'));
    const id = await world.start('charge');
    await until(() => runs, 1);
    const { state } = await world.instance(id);
    await world.query(`update process_instance set state = '\\x0100ff' where id = $1`, id);
    finish();
    const incident = await world.untilIncident(id, 'internal');
    await sleep(1_300); // several leases, and a sweep
    expect(runs).toBe(1);

    await world.query('update process_instance set state = $2 where id = $1', id, state);
    await world.as((tx) => resolveIncident(tx, { incidentId: incident.id }));
    await world.untilStatus(id, 'completed');
    expect(runs).toBe(1);
    expect(await world.variables(id)).toEqual({ charged: true });
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('leaves to its process what both of two accepted completions exclude: one is applied, the other is on record', async () => {
    const either = bpmn(
      'either',
      [
        START,
        '<parallelGateway id="fork" />',
        userTask('left'),
        userTask('right'),
        '<endEvent id="over"><terminateEventDefinition /></endEvent>',
        '<endEvent id="out"><terminateEventDefinition /></endEvent>',
      ],
      'start > fork > left > over; fork > right > out',
    );
    await world.deploy(either);
    const id = await world.start('either');
    const tasks = [await world.untilTask(id, 'left'), await world.untilTask(id, 'right')];
    await world.query(`update user_task set state = 'completing' where id = any ($1)`, tasks);
    await world.query(
      `insert into command (tenant_id, id, instance_id, payload)
       select $1, gen_random_uuid(), $2, payload from unnest($3::bytea[]) payload`,
      world.acme,
      id,
      (await world.query<{ key: number }>('select key from user_task where id = any ($1)', tasks)).map(({ key }) =>
        encode({ type: 'completeUserTask', key, variables: {} }),
      ),
    );
    world.wake();
    await world.untilStatus(id, 'completed');
    expect(await world.count('command_refusal where instance_id = $1', id)).toBe(1);
    const states = await world.query<{ state: string }>('select state from user_task where id = any ($1) order by state', tasks);
    expect(states).toEqual([{ state: 'canceled' }, { state: 'completed' }]);
  });
});
