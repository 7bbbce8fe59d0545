import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '@baton/engine';
import { completeTask, decode } from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { boundary, bpmn, END, job, START, startOn, timer, userTask, waitFor } from './models.js';
import { mary, noop, until, World } from './world.js';

// Features: E-04, E-07, T-02

const LATER = bpmn('later', [START, waitFor('wait', timer('duration PT1S')), END], 'start > wait > end');
const REMIND = bpmn(
  'remind',
  [
    START,
    userTask('sign'),
    boundary('again', 'sign', timer('cycle R3/PT1S'), false),
    job('nag', 'noop'),
    END,
    '<endEvent id="reminded" />',
  ],
  'start > sign > end; again > nag > reminded',
);
const EVERY_SECOND = bpmn('every-second', [startOn('tick', timer('cycle R2/PT1S')), job('work', 'noop'), END], 'tick > work > end');

describe('time', () => {
  let world: World;
  beforeAll(async () => {
    // Two workers: whatever is due, both see it.
    world = await World.open(noop);
    world.run([noop]);
    await world.deploy(LATER);
    await world.deploy(REMIND);
  });
  afterAll(async () => {
    await world.close();
    expect(world.troubles).toEqual([]);
  });

  /** When each firing was due and when its step was taken, by the database's clock. */
  const firings = async (id: string) => {
    const rows = await world.query<{ at: Date; events: Buffer }>(
      'select at, events from history where instance_id = $1 order by first_seq',
      id,
    );
    const due = new Map<number, number>();
    return rows.flatMap(({ at, events }) =>
      decode<Event[]>(events).flatMap((event) => {
        if (event.type === 'timerScheduled') due.set(event.timer, event.dueAt);
        return event.type === 'timerFired' ? [{ due: due.get(event.timer)!, fired: at.getTime() }] : [];
      }),
    );
  };

  it.concurrent('a timer fires when it is due, not before and soon after', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => world.start('later')));
    for (const id of ids) await world.untilStatus(id, 'completed');
    const lateness = (await Promise.all(ids.map(firings))).map(([firing, ...more]) => {
      expect(more).toEqual([]);
      return firing!.fired - firing!.due;
    });
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
    expect(lateness.sort((a, b) => a - b)[5]).toBeLessThan(250);
  });

  it.concurrent('a repeated reminder fires as often as it says, and leaves the task alone', async () => {
    const id = await world.start('remind');
    const taskId = await world.untilTask(id, 'sign');
    await until(async () => (await firings(id)).length, 3, 8_000);
    await sleep(1_200);
    const fired = await firings(id);
    expect(fired).toHaveLength(3);
    expect(fired.map(({ due }) => due - fired[0]!.due)).toEqual([0, 1_000, 2_000]); // delay does not add up
    expect(await world.count(`job where instance_id = $1 and kind = 'timer'`, id)).toBe(0);
    await world.as((tx) => completeTask(tx, { taskId, actor: mary }));
    await world.untilStatus(id, 'completed');
    expect((await world.completed(id)).filter((element) => element === 'nag')).toHaveLength(3);
  });

  it.concurrent('a start event on a cycle starts one instance per firing, however many workers there are', async () => {
    await world.deploy(EVERY_SECOND);
    const started = () =>
      world.query<{ status: string }>(
        `select i.status from process_instance i join process_definition d on d.id = i.process_definition_id where d.process_id = 'every-second'`,
      );
    await sleep(3_400);
    expect((await started()).map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(await world.count(`job where kind = 'start'`)).toBe(0);
  });
});

describe('a worker whose clock is an hour ahead', () => {
  it('fires no timer early: the database says what is due', async () => {
    const world = await World.open(noop);
    const now = Date.now;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000);
    try {
      await world.deploy(LATER);
      const id = await world.start('later');
      await until(() => world.count(`job where instance_id = $1 and kind = 'timer'`, id), 1);
      await sleep(600);
      expect((await world.instance(id)).status).toBe('active');
      await world.untilStatus(id, 'completed');
    } finally {
      clock.mockRestore();
      await world.close();
    }
  });
});
