import { setTimeout as sleep } from 'node:timers/promises';
import {
  activateJobs,
  completeJob,
  failJob,
  newId,
  resolveIncident,
  throwJobError,
  type ActivateJobs,
  type HostedHandler,
} from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundary, bpmn, END, error, job, onError, START } from './models.js';
import { codeOf, noop, until, World } from './world.js';

// Features: E-11, E-14, E-21, E-28, R-01, R-08, P-18

/** A process with one job of a type of its own, so that tests do not take each other's. */
const oneJob = (type: string, retries = 3) =>
  bpmn(`p-${type}`, [START, job('work', type, retries, { local: '1 + 1' }), END], 'start > work > end');

describe('a job for a worker outside', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(noop);
    world.run([noop]);
  });
  afterAll(async () => {
    expect(await world.violations()).toEqual([]);
    await world.close();
    expect(world.troubles).toEqual([]);
  });

  const activate = (type: string, more: Partial<ActivateJobs> = {}) =>
    world.as((tx) => activateJobs(tx, { type, worker: 'tester', leaseMs: 60_000, ...more }));
  const untilActivated = async (type: string, more: Partial<ActivateJobs> = {}) => {
    for (let attempt = 0; attempt < 500; attempt++) {
      const [found] = await activate(type, more);
      if (found) return found;
      await sleep(10);
    }
    return expect.fail(`no job of type ${type}`);
  };
  const begin = async (type: string, retries?: number) => {
    await world.deploy(oneJob(type, retries));
    return world.start(`p-${type}`, { order: 'A-1' });
  };

  it('is leased with all it needs, and its result goes on with the instance', async () => {
    const id = await begin('pay');
    const leased = await untilActivated('pay');
    expect(leased).toMatchObject({ processInstanceId: id, processId: 'p-pay', elementId: 'work', leaseEpoch: 1, retriesLeft: 3 });
    expect(leased.variables).toEqual({ order: 'A-1', local: 2 });
    expect(await activate('pay')).toEqual([]); // nobody else gets it
    await world.as((tx) => completeJob(tx, { jobId: leased.id, leaseEpoch: 1, variables: { paid: true } }));
    await world.untilStatus(id, 'completed');
    expect(await world.variables(id)).toMatchObject({ order: 'A-1', paid: true });
    expect((await world.events(id)).some((event) => event.type === 'jobCreated' && event.variables !== undefined)).toBe(false);
  });

  it('is completed once: the second result, an old lease and a foreign one are told so', async () => {
    await begin('once');
    const { id: jobId, leaseEpoch } = await untilActivated('once');
    const complete = (epoch: number, id = jobId) => world.as((tx) => completeJob(tx, { jobId: id, leaseEpoch: epoch }));
    expect(await codeOf(complete(leaseEpoch - 1))).toBe('job-lease-lost');
    expect(await codeOf(complete(leaseEpoch + 1))).toBe('job-lease-lost');
    expect(await codeOf(complete(leaseEpoch, newId()))).toBe('not-found');
    expect(await codeOf(complete(leaseEpoch, 'job 7'))).toBe('not-found');
    const both = await Promise.allSettled([complete(leaseEpoch), complete(leaseEpoch)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await codeOf(complete(leaseEpoch))).toBe('job-lease-lost');
  });

  it('goes to the next worker with the same effect key when its lease runs out, and the first one has lost it', async () => {
    const id = await begin('slow');
    const first = await untilActivated('slow', { leaseMs: 100 });
    const second = await untilActivated('slow', { worker: 'another' });
    expect(second.id).toBe(first.id);
    expect(second.effectKey).toBe(first.effectKey);
    expect(second.leaseEpoch).toBe(first.leaseEpoch + 1);
    for (const settle of [completeJob, failJob, throwJobError]) {
      const late = { jobId: first.id, leaseEpoch: first.leaseEpoch, message: 'too late', errorCode: 'E' };
      expect(await codeOf(world.as((tx) => settle(tx, late)))).toBe('job-lease-lost');
    }
    await world.as((tx) => completeJob(tx, { jobId: second.id, leaseEpoch: second.leaseEpoch }));
    await world.untilStatus(id, 'completed');
  });

  it('is handed out once each, however many ask at the same time', async () => {
    await world.deploy(oneJob('crowd'));
    for (let n = 0; n < 30; n++) await world.start('p-crowd');
    await until(() => world.count(`job where type = 'crowd'`), 30);
    const taken = await Promise.all(Array.from({ length: 8 }, (_, n) => activate('crowd', { worker: `w${n}`, maxJobs: 7 })));
    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(30);
  });

  it('that failed is tried again after its pause, as often as it has attempts; then it waits for a person', async () => {
    const id = await begin('flaky', 2);
    const first = await untilActivated('flaky');
    expect(first.retriesLeft).toBe(2);
    const failedAt = Date.now();
    await world.as((tx) => failJob(tx, { jobId: first.id, leaseEpoch: first.leaseEpoch, message: 'no route', retryAfterMs: 400 }));
    const second = await untilActivated('flaky');
    expect(Date.now() - failedAt).toBeGreaterThanOrEqual(395);
    expect(second).toMatchObject({ id: first.id, retriesLeft: 1, effectKey: first.effectKey });
    await world.as((tx) => failJob(tx, { jobId: second.id, leaseEpoch: second.leaseEpoch, message: 'still no route' }));
    const incident = await world.untilIncident(id, 'job-retries-exhausted');
    expect(incident.message).toContain('still no route');
    expect(await activate('flaky')).toEqual([]);

    await world.as((tx) => resolveIncident(tx, { incidentId: incident.id, retries: 5 }));
    const third = await untilActivated('flaky');
    expect(third).toMatchObject({ id: first.id, retriesLeft: 5, effectKey: first.effectKey });
    expect(third.leaseEpoch).toBeGreaterThan(second.leaseEpoch);
    await world.as((tx) => completeJob(tx, { jobId: third.id, leaseEpoch: third.leaseEpoch }));
    await world.untilStatus(id, 'completed');
  });

  it('pauses twice as long after each attempt, unless its worker says how long', async () => {
    await begin('slow', 5);
    const pauses: number[] = [];
    for (const retryAfterMs of [undefined, undefined, 500, undefined]) {
      const leased = await untilActivated('slow');
      await world.as((tx) => failJob(tx, { jobId: leased.id, leaseEpoch: leased.leaseEpoch, message: 'busy', retryAfterMs }));
      await until(() => world.count('job where id = $1 and retries_left = $2', leased.id, leased.retriesLeft - 1), 1);
      const [row] = await world.query<{ pause: number }>(
        'select extract(epoch from run_at - now())::float8 as pause from job where id = $1',
        leased.id,
      );
      pauses.push(row!.pause);
      await world.query('update job set run_at = now() where id = $1', leased.id);
    }
    const least = [0.3, 1.3, 0.01, 7.3];
    const most = [1, 2, 0.5, 8];
    pauses.forEach((pause, attempt) => {
      expect(pause).toBeGreaterThan(least[attempt]!);
      expect(pause).toBeLessThanOrEqual(most[attempt]!);
    });
  });

  it('may end in an error of the model, which a boundary event catches with its variables', async () => {
    await world.deploy(
      bpmn(
        'checked',
        [START, job('work', 'check'), boundary('refused', 'work', onError('REFUSED')), END, '<endEvent id="sent-back" />'],
        'start > work > end; refused > sent-back',
        [error('REFUSED')],
      ),
    );
    const id = await world.start('checked');
    const leased = await untilActivated('check');
    await world.as((tx) =>
      throwJobError(tx, { jobId: leased.id, leaseEpoch: leased.leaseEpoch, errorCode: 'REFUSED', variables: { why: 'blurred' } }),
    );
    await world.untilStatus(id, 'completed');
    expect((await world.completed(id)).at(-1)).toBe('sent-back');
    expect(await world.variables(id)).toMatchObject({ why: 'blurred' });
  });

  it('is refused for variables that could not be kept, and stays with its worker', async () => {
    const id = await begin('odd');
    const { id: jobId, leaseEpoch } = await untilActivated('odd');
    const complete = (variables: object) => world.as((tx) => completeJob(tx, { jobId, leaseEpoch, variables: variables as never }));
    expect(await codeOf(complete({ at: new Date() }))).toBe('validation-failed');
    expect(await codeOf(complete({ n: 2 ** 53 }))).toBe('number-not-safe');
    expect(await codeOf(complete({ constructor: 1 }))).toBe('variable-name-reserved');
    await complete({ hasOwnProperty: 1 });
    await world.untilStatus(id, 'completed');
  });
});

describe('a job of a built-in handler', () => {
  const run = async (name: string, handler: HostedHandler['run']) => {
    const world = await World.open({ type: name, run: handler });
    await world.deploy(oneJob(name));
    return world;
  };

  it('that throws is tried again, then becomes an incident with its message, and succeeds once the cause is gone', async () => {
    const seen: string[] = [];
    let broken = true;
    const world = await run('fickle', ({ effectKey }) => {
      seen.push(effectKey);
      if (broken) throw new Error(`attempt ${seen.length} failed`);
      return { fine: true };
    });
    const id = await world.start('p-fickle');
    const incident = await world.untilIncident(id, 'job-retries-exhausted');
    expect(incident.message).toContain('attempt 3 failed');
    expect(seen).toHaveLength(3);
    broken = false;
    await world.as((tx) => resolveIncident(tx, { incidentId: incident.id }));
    await world.untilStatus(id, 'completed');
    expect(new Set(seen).size).toBe(1);
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('whose worker is stopped mid-way is taken over by another, and the late result changes nothing', async () => {
    const world = await World.open();
    await world.deploy(oneJob('heavy'));
    const keys: string[] = [];
    let finishLate = () => {};
    const stuck = world.run(
      [
        {
          type: 'heavy',
          run: ({ effectKey }) => new Promise((resolve) => (keys.push(effectKey), (finishLate = () => resolve({ by: 'the late one' })))),
        },
      ],
      { leaseMs: 400 },
    );
    const id = await world.start('p-heavy');
    await until(() => keys.length, 1);
    const stopped = world.stop(stuck); // waits for what is under way, and takes nothing new
    let finish = () => {};
    const other = ({ effectKey }: { readonly effectKey: string }) =>
      new Promise<{ by: string }>((resolve) => (keys.push(effectKey), (finish = () => resolve({ by: 'the other' }))));
    world.run([{ type: 'heavy', run: other }], { leaseMs: 10_000 });
    await until(() => keys.length, 2);
    finishLate(); // while the other one is still at it
    await stopped;
    expect((await world.instance(id)).status).toBe('active');
    finish();
    await world.untilStatus(id, 'completed');
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(await world.variables(id)).toMatchObject({ by: 'the other' });
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('is given back by a worker that leaves: the next one does not wait for the lease to run out', async () => {
    const world = await World.open();
    const stops = Array.from({ length: 60 }, (_, n) => `work-${n}`);
    await world.deploy(bpmn('long', [START, ...stops.map((id) => job(id, 'noop')), END], `start > ${stops.join(' > ')} > end`));
    const leaving = world.run([noop], { leaseMs: 30_000 });
    for (let n = 0; n < 20; n++) await world.start('long');
    await until(async () => (await world.count(`job where lease_owner = $1`, leaving.name)) > 0, true);
    await world.stop(leaving);
    expect(await world.count(`process_instance where status = 'completed'`)).toBeLessThan(20); // it left in the middle
    expect(await world.count(`job where lease_owner is not null`)).toBe(0);
    world.run([noop], { leaseMs: 30_000 });
    await until(() => world.count(`process_instance where status = 'completed'`), 20);
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('waits for a worker that has its handler, and is not taken by one that has not', async () => {
    const world = await World.open();
    await world.deploy(oneJob('mine'));
    const first = world.run([{ type: 'mine', run: () => Promise.reject(new Error('not now')) }]);
    const id = await world.start('p-mine');
    const waiting = () => world.count(`job where instance_id = $1 and attempts = 1 and lease_owner is null`, id);
    await until(waiting, 1);
    await world.stop(first);
    world.run([noop]);
    await sleep(1_600); // its retry is due by now, and was looked for
    expect(await waiting()).toBe(1);
    world.run([{ type: 'mine', run: () => ({ done: true }) }]);
    await world.untilStatus(id, 'completed');
    await world.close();
  });

  it('keeps its result while somebody else holds the instance', async () => {
    let runs = 0;
    let finish = () => {};
    const world = await run('patient', () => new Promise((resolve) => (runs++, (finish = () => resolve({ kept: true })))));
    const id = await world.start('p-patient');
    await until(() => runs, 1);
    const other = await world.admin.connect();
    await other.query('begin');
    await other.query('select id from process_instance where id = $1 for update', [id]);
    finish();
    await sleep(150);
    await other.query('commit');
    other.release();
    await until(async () => (await world.instance(id)).status, 'completed', 700);
    expect(runs).toBe(1);
    await world.close();
  });

  it('whose handler gives what is not JSON has failed', async () => {
    const world = await run('strange', () => ({ result: new Map() }) as never);
    const id = await world.start('p-strange');
    expect((await world.untilIncident(id, 'job-retries-exhausted')).message).toContain('not JSON');
    await world.close();
  });
});
