import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, seedDemo } from '@baton/prisma';
import { EmbeddedPostgres, migrateQueue } from '@baton/runtime/embedded';
import pg from 'pg';

/** A database of our own, migrated and seeded with the demo people, and the addresses of its roles. */
export interface TestDatabase {
  readonly name: string;
  /** Role `baton_app`: what `DATABASE_URL` is. */
  readonly appUrl: string;
  readonly engineUrl: string;
  readonly dispatcherUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  /** Remove it; needed only by those who make many. */
  drop(): Promise<void>;
}

/** The roles' password in every test cluster: it listens on loopback and lives for minutes. */
const PASSWORD = randomBytes(12).toString('hex');
const TEMPLATE = 'baton_template';
const PREFIX = 'baton-test-';

/** A throwaway server that can be killed and started again on the same port. */
export class TestCluster {
  private databases = 0;

  private constructor(
    readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    private server: EmbeddedPostgres,
  ) {}

  /** @param settings  server settings; `fsync` is off unless given, because in tests only processes die. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TestCluster> {
    sweep();
    const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    chmodSync(folder, 0o755);
    const server = await launch(folder, settings);
    const cluster = new TestCluster(folder, settings, server);
    process.once('exit', () => {
      if (cluster.server.isRunning) process.kill(cluster.server.pid, 'SIGQUIT');
    });
    await cluster.prepareTemplate();
    return cluster;
  }

  get pid(): number {
    return this.server.pid;
  }

  get port(): number {
    return this.server.port;
  }

  /** A copy of the migrated and seeded template; takes some 50 ms. */
  async database(): Promise<TestDatabase> {
    const name = `test_${++this.databases}`;
    await this.run('postgres', `create database ${name} template ${TEMPLATE}`);
    return this.addresses(name);
  }

  /** `kill -9` of the postmaster; every session is gone. */
  async crash(): Promise<void> {
    await this.server.stop('crash');
  }

  /** Start again after a crash, on the same port. */
  async restart(): Promise<void> {
    this.server = await launch(this.folder, this.settings, this.port);
  }

  async stop(): Promise<void> {
    await this.server.stop('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async prepareTemplate(): Promise<void> {
    await this.run('postgres', `create database ${TEMPLATE}`);
    const { superuserUrl, ownerUrl } = this.addresses(TEMPLATE);
    await migrate({ ownerUrl: superuserUrl, passwords: { owner: PASSWORD, app: PASSWORD, engine: PASSWORD, dispatcher: PASSWORD } });
    await migrateQueue(ownerUrl);
    await seedDemo(ownerUrl);
  }

  private addresses(name: string): TestDatabase {
    return {
      name,
      appUrl: this.server.url(name, 'baton_app', PASSWORD),
      engineUrl: this.server.url(name, 'baton_engine', PASSWORD),
      dispatcherUrl: this.server.url(name, 'baton_dispatcher', PASSWORD),
      ownerUrl: this.server.url(name, 'baton_owner', PASSWORD),
      superuserUrl: this.server.url(name),
      drop: () => this.run('postgres', `drop database if exists ${name} with (force)`),
    };
  }

  private async run(database: string, sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.url(database) });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

function launch(folder: string, settings: Readonly<Record<string, string>>, port?: number): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({
    dir: join(folder, 'data'),
    password: PASSWORD,
    logFile: join(folder, 'postgres.log'),
    settings: { fsync: 'off', max_connections: '200', ...settings },
    ...(port === undefined ? {} : { port }),
  });
}

/** What test processes of ours that were killed left behind; what belongs to somebody else on this machine is theirs. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    const folder = join(tmpdir(), name);
    if (!Number.isInteger(pid) || isRunning(pid) || !isOurs(folder) || existsSync(join(folder, 'data', 'postmaster.pid'))) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function isOurs(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

/** A process of somebody else's cannot be signalled, but it runs. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

let shared: Promise<TestCluster> | undefined;

/**
 * A fresh database on this test process's own server, which starts with the first call and ends with the process.
 *
 * @example
 * const database = await startPostgres();
 * const pool = new pg.Pool({ connectionString: database.appUrl });
 */
export async function startPostgres(): Promise<TestDatabase> {
  shared ??= TestCluster.start();
  return (await shared).database();
}
