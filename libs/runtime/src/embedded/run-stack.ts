import { existsSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCluster } from './cluster.js';
import { ConfigProblem } from './config-problem.js';
import { deployExamples } from './deploy-examples.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import { freePort, isFree } from './free-port.js';
import type { Secrets } from './secrets.js';
import { readSecrets } from './secrets.js';
import type { DatabaseAddresses } from './stack-database.js';
import { prepareEmbedded, prepareExternal, startEmbedded } from './stack-database.js';
import { StackLock } from './stack-lock.js';
import type { Profile, StackSettings } from './stack-settings.js';
import { readStackSettings } from './stack-settings.js';
import { Supervisor } from './supervisor.js';

export interface StackOptions {
  /** Where the web app and the API answer; `BATON_PORT` or 8080 when left out. A port that is asked for must be free. */
  readonly port?: number;
  /** Begin anew: remove the embedded database and the secrets first. */
  readonly reset?: boolean;
  /** Database, logs and secrets; `BATON_DATA_DIR`, or `.baton` of the checkout, when left out. */
  readonly dataDir?: string;
  readonly profile?: Profile;
  /** The environment settings are read from; our own when left out. */
  readonly env?: NodeJS.ProcessEnv;
  /** Told before each step, and of what happens later: a process that was started again. */
  readonly onProgress?: (what: string) => void;
}

export interface RunningStack {
  /** Of the web app and the API. */
  readonly address: string;
  readonly profile: Profile;
  readonly logs: string;
  /** Rejects when the stack cannot go on; never resolves. */
  readonly failed: Promise<never>;
  /** Worker, API, database, in that order; under 10 s. Safe to call twice. */
  stop(): Promise<void>;
}

/** The checkout this file was built in; the same from `src` and from `dist`. */
const ROOT = resolve(import.meta.dirname, '../../../..');
const DEFAULT_PORT = 8080;
const HEALTHY_MS = 90_000;

/**
 * Everything on one machine: database (embedded, or the one of `DATABASE_URL`), migrations, demo people, api and worker.
 * Resolves when the API says it is ready and the examples are deployed.
 *
 * @throws ConfigProblem in one line when a setting is missing or wrong, before anything was started where possible.
 */
export async function runStack(options: StackOptions = {}): Promise<RunningStack> {
  const env = options.env ?? process.env;
  const settings = readStackSettings(env, options);
  const dataDir = resolve(options.dataDir ?? (env['BATON_DATA_DIR'] || join(ROOT, '.baton')));
  const progress = options.onProgress ?? (() => {});
  if (options.reset && settings.database)
    throw new ConfigProblem('--reset removes the embedded database only: unset DATABASE_URL, or empty that database yourself.');
  await mkdir(dataDir, { recursive: true });
  const lock = await StackLock.take(dataDir);
  const stack = new Stack(settings, env, dataDir, lock, progress);
  try {
    if (options.reset) {
      progress('Removing the data of earlier starts');
      removeCluster(join(dataDir, 'postgres'));
      rmSync(join(dataDir, 'secrets.json'), { force: true });
    }
    await stack.start();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

class Stack implements RunningStack {
  address = '';
  readonly logs: string;
  readonly profile: Profile;
  readonly failed: Promise<never>;
  private readonly supervisor: Supervisor;
  private fail!: (error: Error) => void;
  private postgres: EmbeddedPostgres | null = null;
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly settings: StackSettings,
    private readonly env: NodeJS.ProcessEnv,
    private readonly dataDir: string,
    private readonly lock: StackLock,
    private readonly progress: (what: string) => void,
  ) {
    this.logs = join(dataDir, 'logs');
    this.profile = settings.profile;
    this.supervisor = new Supervisor((name, why, inMs) => {
      progress(`${name} ended (${why}); starting it again in ${inMs} ms`);
      setTimeout(() => this.note(), inMs + 500).unref();
    });
    const broken = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    this.failed = Promise.race([broken, this.supervisor.failed]);
    this.failed.catch(() => {});
  }

  async start(): Promise<void> {
    const secrets = readSecrets(this.dataDir);
    const port = await this.choosePort();
    const database = await this.prepareDatabase(secrets);
    this.address = `http://${this.settings.host.includes(':') ? `[${this.settings.host}]` : this.settings.host}:${port}`;
    const env = this.environment(database, secrets, port);
    this.progress('Starting api and worker');
    for (const name of ['api', 'worker']) {
      const program = join(ROOT, 'apps', name, 'dist', 'main.js');
      if (!existsSync(program)) throw new Error(`apps/${name} is not built: run npm run build.`);
      this.supervisor.start({ name, program, env, logFile: join(this.logs, `${name}.log`) });
    }
    this.note();
    await Promise.race([this.untilReady(), this.failed]);
    if (this.profile === 'demo') {
      this.progress('Deploying the examples');
      await deployExamples(this.address, join(ROOT, 'examples')).catch((error: Error) =>
        this.progress(`The examples were not deployed: ${error.message}`),
      );
    }
  }

  stop(): Promise<void> {
    this.stopped ??= (async () => {
      this.lock.write(this.address, this.supervisor.pids, true);
      await this.supervisor.stop();
      await this.postgres?.stop();
      this.lock.release();
    })();
    return this.stopped;
  }

  private async choosePort(): Promise<number> {
    const { port, host } = this.settings;
    // Processes of a killed start may hold it a moment longer.
    for (let waited = 0; port !== null && !(await isFree(port, host)); waited += 250) {
      if (waited >= 3_000)
        throw new ConfigProblem(`Port ${port} is taken by another program: choose another one with --port or BATON_PORT.`);
      await sleep(250);
    }
    if (port !== null) return port;
    for (let next = DEFAULT_PORT; next < DEFAULT_PORT + 20; next++) if (await isFree(next, host)) return next;
    return freePort();
  }

  private async prepareDatabase(secrets: Secrets): Promise<DatabaseAddresses> {
    const seed = this.profile === 'demo';
    if (this.settings.database) {
      this.progress('Preparing the database of DATABASE_URL');
      return prepareExternal(this.settings.database, this.env, secrets, seed);
    }
    this.progress('Starting PostgreSQL');
    this.postgres = await startEmbedded(this.dataDir, secrets);
    void this.keepPostgres(this.postgres, secrets);
    this.progress('Migrating the database');
    return prepareEmbedded(this.postgres, secrets, seed);
  }

  /** A database that ends unasked is started again on its port; api and worker reconnect by themselves. */
  private async keepPostgres(server: EmbeddedPostgres, secrets: Secrets): Promise<void> {
    for (let running = server; ;) {
      await running.exited;
      if (this.stopped) return;
      this.progress('PostgreSQL ended; starting it again');
      try {
        const next = await startEmbedded(this.dataDir, secrets);
        if (next.port !== running.port) throw new Error(`port ${running.port} was taken meanwhile`);
        running = this.postgres = next;
      } catch (error) {
        return this.fail(new Error('PostgreSQL ended and does not start again', { cause: error }));
      }
    }
  }

  private environment(database: DatabaseAddresses, secrets: Secrets, port: number): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: 'production',
      ...this.env,
      DATABASE_URL: database.appUrl,
      DATABASE_ENGINE_URL: database.engineUrl,
      DATABASE_DISPATCHER_URL: database.dispatcherUrl,
      BATON_PROFILE: this.profile,
      BATON_HOST: this.settings.host,
      BATON_PORT: String(port),
      BATON_JWT_SECRET: this.settings.jwtSecret ?? secrets.jwt,
    };
    // Processes that serve people never hold the key to the tables.
    delete env['DATABASE_OWNER_URL'];
    return env;
  }

  private async untilReady(): Promise<void> {
    this.progress('Waiting until it is healthy');
    const deadline = Date.now() + HEALTHY_MS;
    let last = 'no answer';
    while (Date.now() < deadline) {
      try {
        const response = await fetch(`${this.address}/api/health/ready`, { signal: AbortSignal.timeout(3_000) });
        if (response.ok) return;
        last = `${response.status} ${(await response.text()).slice(0, 300)}`;
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
      }
      await sleep(100);
    }
    throw new Error(`The API is not ready after ${HEALTHY_MS / 1000} s (${last}); see ${this.logs}.`);
  }

  /** Write down who belongs to us, for the start after a kill. */
  private note(): void {
    if (!this.stopped) this.lock.write(this.address, this.supervisor.pids);
  }
}
