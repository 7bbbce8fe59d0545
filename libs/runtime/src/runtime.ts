import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';
import { Advancer } from './advance/advancer.js';
import type { BatchResult } from './advance/run-batch.js';
import { runConnector, type HeldJob, type HostedHandler } from './advance/run-connectors.js';
import { connect } from './database/connect.js';
import { isUnavailable } from './database/store-error.js';
import { DefinitionCache } from './definitions/definition-cache.js';
import { correlate } from './due/correlate.js';
import { findWork, type DueRow } from './due/find-work.js';
import { fireStart } from './due/fire-starts.js';
import { handBack } from './due/hand-back.js';
import { leaseConnectors } from './due/lease-connectors.js';
import { DoorbellListener } from './queue/doorbell.js';

export interface RuntimeOptions {
  /** Of the role `baton_engine`. */
  readonly engineUrl: string;
  /** Of the role `baton_dispatcher`. */
  readonly dispatcherUrl: string;
  /** Where the doorbell is; BullMQ's Postgres backend without. */
  readonly redisUrl?: string | undefined;
  readonly handlers: readonly HostedHandler[];
  readonly onTrouble?: (message: string, error: unknown) => void;
  /** How long a built-in handler's job is ours, in milliseconds. */
  readonly leaseMs?: number;
}

/** Without a ring, work is looked for this often: one query. Nothing is due earlier, or a timer wakes us. */
const SWEEP_MS = 1_000;
const LEASE_MS = 30_000;
const DRAIN_MS = 20_000;

/**
 * The worker: advances instances, fires timers, pairs messages, runs built-in handlers. As many of them as one likes may run beside
 * each other; the rows decide who does what.
 */
export class Runtime {
  readonly name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  private readonly engine: pg.Pool;
  private readonly dispatcher: pg.Pool;
  private readonly handlers: ReadonlyMap<string, HostedHandler>;
  private readonly hostedTypes: readonly string[];
  private readonly advancer: Advancer;
  private readonly lease: { readonly owner: string; readonly ms: number };
  private readonly running = new Set<Promise<void>>();
  private bell: DoorbellListener | null = null;
  private sweeping: Promise<void> | null = null;
  private sweepAgain = false;
  /** Did the last look see new work, or only a part of what waits? Then each commit asks for another one: rings are dearer than looks. */
  private moreWaits = false;
  private timer: NodeJS.Timeout | null = null;
  private wakeAt = Infinity;
  private stopping = false;

  constructor(private readonly options: RuntimeOptions) {
    this.engine = connect({ url: options.engineUrl, name: 'baton-engine', size: 4, byKeyOnly: true });
    this.dispatcher = connect({ url: options.dispatcherUrl, name: 'baton-dispatcher', size: 1, byKeyOnly: true });
    this.handlers = new Map(options.handlers.map((handler) => [handler.type, handler]));
    this.hostedTypes = [...this.handlers.keys()];
    this.lease = { owner: this.name, ms: options.leaseMs ?? LEASE_MS };
    this.advancer = new Advancer(
      { pool: this.engine, definitions: new DefinitionCache(), hosted: new Set(this.handlers.keys()), lease: this.lease },
      { onCommitted: (result) => this.committed(result), onTrouble: (message, error) => this.trouble(message, error) },
    );
  }

  /** Begins to work. Resolves at once: what the database or the queue cannot do now is tried again. */
  start(): void {
    const { engineUrl: url, redisUrl } = this.options;
    this.bell = new DoorbellListener(
      { url, redisUrl },
      () => this.wake(),
      (error) => this.trouble('the doorbell is away; work is found by sweeping', error),
    );
    this.wake();
  }

  /** Can it reach the database? */
  async ready(): Promise<void> {
    await this.dispatcher.query('select 1');
  }

  /** Takes nothing new, lets what is under way end, gives back the jobs that were leased but not begun or not done, and closes. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.bell?.close();
    await this.sweeping;
    const drained = (async () => {
      await Promise.all(this.running);
      await this.advancer.stop();
    })();
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
    await handBack(this.dispatcher, this.engine, this.lease).catch((error: unknown) =>
      this.trouble('leased jobs could not be given back; they are taken over when their lease runs out', error),
    );
    await Promise.all([this.engine.end(), this.dispatcher.end()]);
  }

  /** Looks for work now; what is asked for during a look becomes one more. */
  wake(): void {
    if (this.stopping) return;
    this.sweepAgain = true;
    this.sweeping ??= this.sweep().finally(() => {
      this.sweeping = null;
      if (this.sweepAgain) this.wake(); // somebody asked between the last look and here
    });
  }

  private async sweep(): Promise<void> {
    while (this.sweepAgain && !this.stopping) {
      this.sweepAgain = false;
      try {
        const { instances, due, nextInMs, full } = await findWork(this.dispatcher, this.hostedTypes);
        this.moreWaits = full || instances.length > 0;
        for (const { tenantId, instanceId } of instances) this.advancer.ready.add(tenantId, instanceId);
        this.advancer.kick();
        await this.serve(due);
        this.sleepUntil(Date.now() + Math.min(nextInMs ?? SWEEP_MS, SWEEP_MS));
      } catch (error) {
        this.trouble('work could not be looked for', error);
        this.sleepUntil(Date.now() + SWEEP_MS);
      }
    }
  }

  private async serve(due: readonly DueRow[]): Promise<void> {
    const ofKind = Map.groupBy(due, ({ kind }) => kind);
    for (const { tenantId, instanceId, id } of ofKind.get('timer') ?? []) this.advancer.ready.add(tenantId, instanceId!).timers.add(id);
    await this.apart('jobs could not be taken over', async () => {
      for (const held of await leaseConnectors(this.engine, ofKind.get('connector') ?? [], this.lease)) this.run(held);
    });
    for (const start of ofKind.get('start') ?? []) {
      await this.apart(`start timer ${start.id} of tenant ${start.tenantId} could not fire`, async () => {
        const started = await fireStart(this.engine, start);
        if (started) this.advancer.ready.add(started.tenantId, started.instanceId);
      });
    }
    const mail = [...(ofKind.get('message') ?? []), ...(ofKind.get('subscription') ?? [])];
    for (const [tenantId, rows] of Map.groupBy(mail, (row) => row.tenantId)) {
      await this.apart(`messages of tenant ${tenantId} could not be paired`, async () => {
        for (const reached of await correlate(this.engine, tenantId, rows)) this.advancer.ready.add(reached.tenantId, reached.instanceId);
        this.sweepAgain = true;
      });
    }
    this.advancer.kick();
  }

  /** What goes wrong with one thing that is due holds up nothing else; it stays due. An absent database is for the sweep to report. */
  private async apart(trouble: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.trouble(trouble, error);
    }
  }

  private committed({ leased, next, nextDueAt, mail }: BatchResult): void {
    if (this.stopping) return; // what it leased is given back, what it left to do is found by the others
    for (const job of leased) this.run({ ...job, key: job.key!, epoch: job.epoch, payload: job.payload! });
    for (const { tenantId, instanceId } of next) this.advancer.ready.add(tenantId, instanceId);
    if (nextDueAt !== null) this.sleepUntil(nextDueAt);
    if (mail || this.moreWaits) this.wake();
  }

  private run(job: HeldJob): void {
    const handler = this.handlers.get(job.type);
    if (!handler || this.stopping) return;
    const done = runConnector(handler, job, this.lease.ms)
      .then((answer) => {
        this.advancer.ready.add(job.tenantId, job.instanceId).answers.push(answer);
        this.advancer.kick();
      })
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  /** The next look, unless an earlier one is planned. Our clock only says when to look; the database's says what is due. */
  private sleepUntil(at: number): void {
    if (this.stopping || (this.timer && at >= this.wakeAt)) return;
    if (this.timer) clearTimeout(this.timer);
    this.wakeAt = at;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        this.wake();
      },
      Math.max(1, Math.min(at - Date.now(), SWEEP_MS)),
    );
  }

  private trouble(message: string, error: unknown): void {
    this.options.onTrouble?.(message, error);
  }
}
