import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Runtime } from '@baton/runtime';
import { TestCluster } from '@baton/testing';
import { expect, it } from 'vitest';
import { noop } from './world.js';

// Features: E-15, E-32

const SECONDS = 6;

it('a worker that has nothing to do asks the database one thing a second', async () => {
  // The server writes down every statement, and who sent it.
  const cluster = await TestCluster.start({ log_statement: 'all', log_line_prefix: '%a|' });
  const { engineUrl, dispatcherUrl } = await cluster.database();
  const runtime = new Runtime({ engineUrl, dispatcherUrl, handlers: [noop] });
  runtime.start();
  await sleep(1_500);
  const log = () => readFileSync(join(cluster.folder, 'postgres.log'), 'utf8');
  const before = log().length;
  await sleep(SECONDS * 1_000);
  const sent = [
    ...log()
      .slice(before)
      .matchAll(/^(baton-[a-z]+)\|LOG: {2}(?:execute|statement)/gm),
  ].map(([, who]) => who!);
  await runtime.stop();
  await cluster.stop();

  const of = (who: string) => sent.filter((name) => name === who).length;
  expect(of('baton-dispatcher')).toBeGreaterThanOrEqual(SECONDS - 2);
  expect(of('baton-dispatcher')).toBeLessThanOrEqual(SECONDS + 1);
  expect(of('baton-engine')).toBe(0);
  // The doorbell waits for a notification; it looks after itself every few seconds.
  expect(of('baton-doorbell')).toBeLessThanOrEqual(SECONDS);
});
