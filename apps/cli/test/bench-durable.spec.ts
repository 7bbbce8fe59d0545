import { TestCluster } from '@baton/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baton, bpmn, folderWith, jsonOf, sequence } from './baton.js';

const noop = (id: string) => [id, `<serviceTask id="${id}" implementation="noop"/>`] as const;
const file = folderWith({
  'two.bpmn': bpmn(sequence('two', noop('a'), noop('b'))),
  'broken.bpmn': '<definitions/>',
});

let cluster: TestCluster;
let databaseUrl: string;
beforeAll(async () => {
  cluster = await TestCluster.start({ fsync: 'on' });
  databaseUrl = (await cluster.database()).superuserUrl;
});
afterAll(() => cluster?.stop());

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const durable = (...args: string[]) => baton(['bench', 'durable', '--database-url', databaseUrl, ...args]);

describe('bench durable', () => {
  it('measures steps that are in the database afterwards, and leaves no login behind', async () => {
    const result = jsonOf<Record<string, number>>(
      await durable('--workflow', file('two.bpmn'), '--instances', '30', '--concurrency', '4', '--json'),
    );

    expect(Object.keys(result)).toEqual(['instancesPerSecond', 'stepsPerSecond', 'p50Ms', 'p99Ms']);
    expect((result['stepsPerSecond'] ?? 0) / (result['instancesPerSecond'] ?? 1)).toBeCloseTo(2, 0);
    expect(result['p99Ms']).toBeGreaterThanOrEqual(result['p50Ms'] ?? Infinity);
    const [counted] = await query<{ instances: number; steps: number }>(
      `select (select count(*) from process_instance where status = 'completed')::int as instances, (select count(*) from history)::int as steps`,
    );
    expect(counted?.instances).toBeGreaterThanOrEqual(30);
    expect(counted?.steps).toBe((counted?.instances ?? 0) * 3);
    expect(await query(`select rolname from pg_roles where rolname like 'baton_bench_%'`)).toEqual([]);
  });

  it('refuses a file that cannot run', async () => {
    const { exitCode, stderr } = await durable('--workflow', file('broken.bpmn'));

    expect(exitCode).toBe(2);
    expect(stderr).toContain('broken.bpmn');
  });

  it('refuses a server that does not wait for the disk', async () => {
    const careless = await TestCluster.start({ fsync: 'off' });
    try {
      const { superuserUrl } = await careless.database();
      const { exitCode, stderr } = await baton(['bench', 'durable', '--workflow', file('two.bpmn'), '--database-url', superuserUrl]);

      expect(exitCode).toBe(2);
      expect(stderr).toContain('not-durable');
    } finally {
      await careless.stop();
    }
  });

  it('refuses an address that is none', async () => {
    const { exitCode, stderr } = await baton(['bench', 'durable', '--workflow', file('two.bpmn'), '--database-url', 'localhost']);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('--database-url');
  });
});
