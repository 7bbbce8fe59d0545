import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_PASSWORD } from '@baton/prisma';
import { freePort } from '@baton/runtime/embedded';
import { BatonClient } from '@baton/sdk';
import type { TestDatabase } from './postgres.js';
import { TestCluster } from './postgres.js';

export type ProcessKind = 'api' | 'worker';

export interface StackOptions {
  /** How many processes of each kind; 1 when left out. */
  readonly apis?: number;
  readonly workers?: number;
  /** Rings the doorbell on this Redis; on BullMQ's Postgres backend without. */
  readonly redisUrl?: string;
  /** Settings of the database server, for example `{ fsync: 'on' }`. */
  readonly postgres?: Readonly<Record<string, string>>;
  /** Over the environment of api and worker. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Who signs in, as `tenant/e-mail name`: `acme/manager` is `manager@acme.demo`. */
export type Account = `${string}/${string}`;

const ROOT = resolve(import.meta.dirname, '../../..');
const READY_MS = 60_000;
const RESTART_MS = 250;

/**
 * A whole installation of its own: PostgreSQL, api and worker as real processes on the built code, each to be killed and started
 * again. Nothing here is simulated.
 *
 * @example
 * const stack = await startStack();
 * const mary = await stack.client('acme/manager');
 * await stack.kill('worker', 'SIGKILL');
 * await stack.restart('worker');
 * await stack.stop();
 */
export async function startStack(options: StackOptions = {}): Promise<TestStack> {
  const cluster = await TestCluster.start(options.postgres);
  const database = await cluster.database();
  const stack = new TestStack(cluster, database, options, await Promise.all(Array.from({ length: options.apis ?? 1 }, () => freePort())));
  try {
    await stack.start();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** One of our processes; started again it keeps its place and its log. */
interface Member {
  readonly kind: ProcessKind;
  readonly index: number;
  readonly logFile: string;
  readonly port: number;
  child: ChildProcess | null;
  /** Should it run? What ends unasked is started again, as the supervisor of `npm start` does. */
  wanted: boolean;
  /** How often it ended unasked. */
  accidents: number;
}

export class TestStack {
  private readonly members: Member[];
  private readonly jwtSecret = randomBytes(36).toString('base64url');

  /** @internal use startStack */
  constructor(
    readonly cluster: TestCluster,
    readonly database: TestDatabase,
    private readonly options: StackOptions,
    ports: readonly number[],
  ) {
    const logs = join(cluster.folder, 'logs');
    mkdirSync(logs, { recursive: true });
    const member = (kind: ProcessKind, index: number, port: number): Member => ({
      kind,
      index,
      port,
      logFile: join(logs, `${kind}-${index}.log`),
      child: null,
      wanted: false,
      accidents: 0,
    });
    this.members = [
      ...ports.map((port, index) => member('api', index, port)),
      ...Array.from({ length: options.workers ?? 1 }, (_, index) => member('worker', index, 0)),
    ];
  }

  /** Of the first API. */
  get address(): string {
    return this.addresses[0] ?? '';
  }

  get addresses(): string[] {
    return this.members.filter((member) => member.kind === 'api').map((member) => `http://127.0.0.1:${member.port}`);
  }

  /** Process ids that live now. */
  pids(kind: ProcessKind): number[] {
    return this.of(kind).flatMap((member) => (member.child?.pid === undefined ? [] : [member.child.pid]));
  }

  /** How often processes of a kind ended without being killed by a test. */
  accidents(kind: ProcessKind): number {
    return this.of(kind).reduce((sum, member) => sum + member.accidents, 0);
  }

  /** What the processes of a kind have printed. */
  log(kind: ProcessKind): string {
    return this.of(kind)
      .map((member) => (existsSync(member.logFile) ? readFileSync(member.logFile, 'utf8') : ''))
      .join('');
  }

  /** @internal */
  async start(): Promise<void> {
    for (const member of this.members) this.launch(member);
    await this.untilReady();
  }

  /** A client that is signed in with the demo password, and signs in again when it has to. */
  async client(account: Account, api = 0): Promise<BatonClient> {
    const [tenant = '', name = ''] = account.split('/');
    const login = { tenant, email: `${name}@${tenant}.demo`, password: DEMO_PASSWORD };
    const client = new BatonClient({ baseUrl: this.addresses[api]!, login });
    await client.login(login);
    return client;
  }

  /** End every process of a kind and wait until it is gone. `postgres` is killed with -9 whatever the signal. */
  async kill(kind: ProcessKind | 'postgres', signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (kind === 'postgres') return this.cluster.crash();
    await Promise.all(this.of(kind).map((member) => end(member, signal)));
  }

  /** Start again what was killed. Does not wait until it is ready: that is what clients see, too. */
  async restart(kind: ProcessKind | 'postgres'): Promise<void> {
    if (kind === 'postgres') return this.cluster.restart();
    for (const member of this.of(kind)) if (!member.child) this.launch(member);
  }

  /** Until every API says it is ready. */
  async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_MS;
    for (const member of this.of('api')) {
      for (;;) {
        const answer = await fetch(`http://127.0.0.1:${member.port}/api/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
          () => null,
        );
        if (answer?.ok) break;
        if (Date.now() > deadline)
          throw new Error(`api ${member.index} is not ready:\n${this.log('api').slice(-2_000)}\n${this.log('worker').slice(-2_000)}`);
        await sleep(50);
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => end(member, 'SIGKILL')));
    await this.cluster.stop();
  }

  private of(kind: ProcessKind): Member[] {
    return this.members.filter((member) => member.kind === kind);
  }

  private launch(member: Member): void {
    const log = openSync(member.logFile, 'a');
    const child = spawn(process.execPath, [join(ROOT, 'apps', member.kind, 'dist', 'main.js')], {
      env: this.environment(member),
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    child.on('error', () => {});
    child.once('exit', () => {
      if (member.child === child) member.child = null;
      if (!member.wanted) return;
      member.accidents += 1;
      setTimeout(() => {
        if (member.wanted && !member.child) this.launch(member);
      }, RESTART_MS).unref();
    });
    member.child = child;
    member.wanted = true;
  }

  private environment(member: Member): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_URL: this.database.appUrl,
      DATABASE_ENGINE_URL: this.database.engineUrl,
      DATABASE_DISPATCHER_URL: this.database.dispatcherUrl,
      ...(this.options.redisUrl && { REDIS_URL: this.options.redisUrl }),
      BATON_PROFILE: 'demo',
      BATON_HOST: '127.0.0.1',
      BATON_PORT: String(member.port),
      BATON_JWT_SECRET: this.jwtSecret,
      // They leave when the test process does, however it ends.
      BATON_SUPERVISED: '1',
      ...this.options.env,
    };
  }
}

async function end(member: Member, signal: NodeJS.Signals): Promise<void> {
  const { child } = member;
  member.wanted = false;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
  member.child = null;
}
