import { setTimeout as sleep } from 'node:timers/promises';
import { Doorbell } from '@baton/runtime';
import { redisMissing, startRedis } from '@baton/testing';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { bpmn, END, START } from './models.js';
import { noop, until, World } from './world.js';

// Features: E-11, E-15, E-32, K-04, R-10

const SHORT = bpmn('short', [START, END], 'start > end');
const missing = redisMissing();
if (missing) console.log(`skipped: the doorbell on Redis: ${missing}`);

/** How long, in milliseconds, a start takes until its step is committed, at moments that have nothing to do with the sweep's. */
async function latencies(world: World, rounds = 5): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await sleep(60 + ((round * 379) % 500));
    const begun = performance.now();
    const id = await world.start('short');
    await until(async () => (await world.instance(id)).status, 'completed');
    found.push(performance.now() - begun);
  }
  return found.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]!;

async function open(redisUrl?: string) {
  const world = await World.open();
  await world.deploy(SHORT);
  const worker = world.run([noop], { redisUrl });
  const bell = new Doorbell({ url: world.database.appUrl, redisUrl });
  world.ring = () => bell.ring();
  await sleep(300); // both ends have connected
  return { world, worker, bell, close: () => Promise.all([bell.close(), world.close()]) };
}

it('without a doorbell the sweep finds the work within about a second', async () => {
  const { world, close } = await open();
  world.ring = () => {};
  const found = await latencies(world, 3);
  expect(found.at(-1)).toBeLessThan(1_600);
  expect(median(found)).toBeGreaterThan(200); // so that the doorbell's own figures below prove something
  await close();
});

it('on Postgres a ring wakes a worker at once', async () => {
  const { world, close } = await open();
  expect(median(await latencies(world))).toBeLessThan(200);
  await close();
});

describe.skipIf(missing)('on Redis', () => {
  it('a ring wakes a worker at once', async () => {
    const redis = await startRedis();
    const { world, close } = await open(redis.url);
    expect(median(await latencies(world))).toBeLessThan(200);
    await close();
    await redis.stop();
  });

  // A Redis that somebody lends us is not ours to break.
  const lent = process.env['REDIS_URL'] !== undefined;

  it.skipIf(lent)('losing everything that Redis holds costs at most time', async () => {
    const redis = await startRedis();
    const { world, close } = await open(redis.url);
    await latencies(world, 1);
    const client = new Redis(redis.url);
    const before = await client.dbsize();
    expect(before).toBeGreaterThan(0);
    await client.flushall();
    expect((await latencies(world, 3)).at(-1)).toBeLessThan(1_600);
    client.disconnect();
    await close();
    await redis.stop();
  });

  it.skipIf(lent)('work goes on when Redis is killed, and starting without it is no different', async () => {
    const redis = await startRedis();
    const { world, worker, close } = await open(redis.url);
    await latencies(world, 1);
    await redis.stop();
    expect((await latencies(world, 3)).at(-1)).toBeLessThan(1_600);
    expect(world.troubles.join('\n')).toContain('the doorbell is away');

    await world.stop(worker);
    world.run([noop], { redisUrl: redis.url });
    expect((await latencies(world, 2)).at(-1)).toBeLessThan(1_600);
    await close();
  });
});
