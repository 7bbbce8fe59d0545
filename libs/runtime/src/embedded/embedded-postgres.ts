import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { dataDirectoryOf, ensureCluster } from './cluster.js';
import { freePort } from './free-port.js';
import { guard } from './guardian.js';
import { logSize, logTail, openLog } from './log-file.js';
import { settleOrphans } from './orphans.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { postgresBinaries } from './postgres-binaries.js';
import { isRoot, serverUser } from './server-user.js';

export interface EmbeddedPostgresOptions {
  /** Where the data lies. As root below a folder only root may enter it lies elsewhere: see `dataDirectoryOf`. */
  readonly dir: string;
  /** Of the superuser `postgres`. The first start sets it; later starts must give the same. */
  readonly password: string;
  /** Taken when it is free, else another one. */
  readonly port?: number;
  /** What the server says; appended to. */
  readonly logFile: string;
  /** Server settings over the defaults, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Durable first (docs/decisions/0006); then sized for a laptop that does something else, too. */
const SETTINGS: Readonly<Record<string, string>> = {
  synchronous_commit: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
};

/** How long a start may take: recovery after a crash reads the log since the last checkpoint. */
const START_MS = 60_000;

/** How `stop` ends the server: `fast` rolls back and checkpoints, `immediate` leaves recovery to the next start, `crash` is `kill -9`. */
export type StopMode = 'fast' | 'immediate' | 'crash';
const STOP_SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', crash: 'SIGKILL' } as const;

/** A PostgreSQL server of our own on this machine, as a child process. */
export class EmbeddedPostgres {
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;

  private constructor(
    readonly port: number,
    readonly dataDirectory: string,
    private readonly password: string,
    private readonly child: ChildProcess,
  ) {
    const guardian = child.pid === undefined ? null : guard(child.pid);
    this.exited = new Promise<void>((done) => {
      child.once('exit', () => done());
      child.once('error', () => done());
    }).then(() => void guardian?.kill('SIGKILL'));
  }

  /**
   * Start the server; the first start makes the cluster. A server left over from a killed start is stopped first. When this
   * process dies, even by `kill -9`, the server shuts down.
   *
   * @throws Error with what the server said when it does not answer within a minute.
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const binaries = await postgresBinaries(isRoot());
    const dataDirectory = dataDirectoryOf(options.dir);
    await ensureCluster(binaries, dataDirectory, options.password);
    const deadline = Date.now() + START_MS;
    for (;;) {
      await settleOrphans(dataDirectory);
      const logged = logSize(options.logFile);
      const server = await EmbeddedPostgres.launch(binaries, realpathSync(dataDirectory), options);
      const problem = await server.untilOurs(deadline);
      if (problem === null) return server;
      await server.stop('immediate');
      const said = logTail(options.logFile, logged) || problem;
      // Somebody took the port between asking and binding, or back ends of a killed server hold its shared memory a moment longer.
      if (Date.now() > deadline || !/in use|could not bind|data_directory/.test(said))
        throw new Error(`PostgreSQL does not start: ${said}`);
      await sleep(200);
    }
  }

  private static async launch(
    binaries: PostgresBinaries,
    dataDirectory: string,
    options: EmbeddedPostgresOptions,
  ): Promise<EmbeddedPostgres> {
    const port = await freePort(options.port);
    const settings = { ...SETTINGS, ...options.settings };
    const log = openLog(options.logFile);
    const child = spawn(
      binaries.postgres,
      ['-D', dataDirectory, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Its own session: Ctrl-C in the terminal must not stop the database before those who use it.
      { ...serverUser(dataDirectory), cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', log, log], detached: true },
    );
    closeSync(log);
    return new EmbeddedPostgres(port, dataDirectory, options.password, child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** An address on this server, for the superuser unless another role is named. */
  url(database: string, role = 'postgres', password = this.password): string {
    return `postgres://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }

  /** End the server and wait for it. Sessions that do not end within 3 s are cut off. */
  async stop(mode: StopMode = 'fast'): Promise<void> {
    if (this.isRunning) this.child.kill(STOP_SIGNALS[mode]);
    const late = setTimeout(() => this.child.kill('SIGQUIT'), 3_000);
    await this.exited;
    clearTimeout(late);
  }

  /** Null as soon as the server answers and serves our directory; else why it never will. */
  private async untilOurs(deadline: number): Promise<string | null> {
    let last = 'it does not answer';
    while (this.isRunning && Date.now() < deadline) {
      const client = new pg.Client({ connectionString: this.url('postgres'), connectionTimeoutMillis: 2_000 });
      client.on('error', () => {});
      try {
        await client.connect();
        const { rows } = await client.query<{ data_directory: string }>('show data_directory');
        return rows[0]?.data_directory === this.dataDirectory
          ? null
          : `another server answers on port ${this.port} (data_directory differs)`;
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
        if ((error as { code?: string }).code === '28P01') return `the data in ${this.dataDirectory} has another password`;
      } finally {
        await client.end().catch(() => {});
      }
      await sleep(40);
    }
    return last;
  }
}
