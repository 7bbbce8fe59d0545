import { fold, type Event, type Instance, type Variables } from '@baton/engine';
import {
  Database,
  readEvents,
  readState,
  deploy,
  readFiles,
  Runtime,
  startInstance,
  type Actor,
  type HostedHandler,
  type RuntimeOptions,
  type Transaction,
} from '@baton/runtime';
import { checkInvariants, startPostgres, type TestDatabase, type Violation } from '@baton/testing';
import pg from 'pg';
import { expect, vi } from 'vitest';

export type InstanceRow = {
  status: string;
  revision: string;
  state: Buffer | null;
  open_incidents: number;
  parent_instance_id: string | null;
};
export type IncidentRow = { id: string; code: string; message: string; element_id: string; state: string };

export const noop: HostedHandler = { type: 'noop', run: () => ({}) };
export const mary: Actor = { username: 'mary', groups: ['management'], supervisor: false };
export const john: Actor = { username: 'john', groups: ['management', 'sales'], supervisor: false };

/** Looks again and again until it sees what is expected. Unlike `expect.poll`, also for tests that run side by side. */
export async function until<Seen>(look: () => Seen | Promise<Seen>, expected: unknown, timeout = 10_000): Promise<void> {
  await vi.waitFor(async () => expect(await look()).toEqual(expected), { timeout, interval: 15 });
}

/** A database of its own with the runtimes that a test starts on it: everything real, nothing shared with other tests. */
export class World {
  readonly db: Database;
  /** What a commit that left work does: wakes the runtimes, as the doorbell does. Set to nothing, work is found by sweeping. */
  ring: () => void = () => this.wake();
  readonly troubles: string[] = [];
  private readonly runtimes = new Set<Runtime>();

  private constructor(
    readonly database: TestDatabase,
    /** Superuser: sees around row-level security. */
    readonly admin: pg.Pool,
    readonly acme: string,
    readonly beta: string,
  ) {
    this.db = new Database({ url: database.appUrl, ring: () => this.ring() });
  }

  static async open(...handlers: readonly HostedHandler[]): Promise<World> {
    const database = await startPostgres();
    const admin = new pg.Pool({ connectionString: database.superuserUrl, max: 4 });
    const { rows } = await admin.query<{ key: string; id: string }>('select key, id from tenant');
    const id = (key: string) => rows.find((row) => row.key === key)!.id;
    const world = new World(database, admin, id('acme'), id('beta'));
    if (handlers.length > 0) world.run(handlers);
    return world;
  }

  /** Starts one more worker. */
  run(handlers: readonly HostedHandler[], options: Partial<RuntimeOptions> = {}): Runtime {
    const { engineUrl, dispatcherUrl } = this.database;
    const onTrouble = (message: string, error: unknown) => void this.troubles.push(`${message}: ${String(error)}`);
    const runtime = new Runtime({ engineUrl, dispatcherUrl, handlers, onTrouble, ...options });
    this.runtimes.add(runtime);
    runtime.start();
    return runtime;
  }

  async stop(runtime: Runtime): Promise<void> {
    this.runtimes.delete(runtime);
    await runtime.stop();
  }

  wake(): void {
    for (const runtime of this.runtimes) runtime.wake();
  }

  async close(): Promise<void> {
    await Promise.all([...this.runtimes].map((runtime) => runtime.stop()));
    await this.db.close();
    await this.admin.end();
  }

  /** One transaction, of Acme unless said otherwise. */
  as<Result>(work: (tx: Transaction) => Promise<Result>, tenantId = this.acme): Promise<Result> {
    return this.db.withTenant(tenantId, work);
  }

  /** Deploys files, each under a name of its own. */
  async deploy(...contents: readonly string[]) {
    const files = contents.map((content, at) => ({ name: `${at}.${content.includes('<decision') ? 'dmn' : 'bpmn'}`, content }));
    const read = await readFiles(files);
    return this.as((tx) => deploy(tx, { read }));
  }

  /** Starts an instance of the latest version and returns its id. */
  async start(processId: string, variables: Variables = {}): Promise<string> {
    return (await this.as((tx) => startInstance(tx, { processId, variables }))).id;
  }

  async query<Found extends object>(text: string, ...values: unknown[]): Promise<Found[]> {
    return (await this.admin.query(text, values)).rows as Found[];
  }

  async instance(id: string): Promise<InstanceRow> {
    return (await this.query<InstanceRow>('select * from process_instance where id = $1', id))[0]!;
  }

  async state(id: string): Promise<Instance> {
    return readState((await this.instance(id)).state!);
  }

  /** What has happened to an instance, from its history. */
  async events(id: string): Promise<Event[]> {
    const rows = await this.query<{ version: number; events: Buffer }>(
      'select version, events from history where instance_id = $1 order by first_seq',
      id,
    );
    return rows.flatMap(readEvents);
  }

  /** Variables of the root scope as they were at the end: they are not in the state of an ended instance's children. */
  async variables(id: string): Promise<Variables> {
    return fold(await this.events(id)).scopes[0]!.variables;
  }

  /** Ids of the elements that were completed, in order. */
  async completed(id: string): Promise<string[]> {
    return (await this.events(id)).flatMap((event) =>
      event.type === 'elementCompleted' || event.type === 'elementPassed' ? [event.elementId] : [],
    );
  }

  async untilStatus(id: string, status: string): Promise<void> {
    await until(async () => (await this.instance(id)).status, status);
  }

  /** Waits for an open incident with this code and returns it. */
  async untilIncident(instanceId: string, code: string): Promise<IncidentRow> {
    const found = async () =>
      (await this.query<IncidentRow>(`select * from incident where instance_id = $1 and state = 'open'`, instanceId)).map(
        (row) => row.code,
      );
    await until(found, [code]);
    return (await this.query<IncidentRow>(`select * from incident where instance_id = $1 and state = 'open'`, instanceId))[0]!;
  }

  /** Waits for the open task of an element and returns its id. */
  async untilTask(instanceId: string, elementId: string): Promise<string> {
    const find = () =>
      this.query<{ id: string }>(
        `select id from user_task where instance_id = $1 and element_id = $2 and state = 'open'`,
        instanceId,
        elementId,
      );
    await until(async () => (await find()).length, 1);
    return (await find())[0]!.id;
  }

  /** Waits until the instance has opened a subscription. */
  async untilWaiting(instanceId: string): Promise<void> {
    const open = () => this.query('select id from message_subscription where instance_id = $1', instanceId);
    await until(async () => (await open()).length, 1);
  }

  /** What must never be and is: gaps in a history, a state that is not its fold, an instance that nothing will ever wake. */
  async violations(): Promise<Violation[]> {
    const client = await this.admin.connect();
    try {
      // One snapshot: a step may commit between the reading of a state and of its history.
      await client.query('begin isolation level repeatable read read only');
      return await checkInvariants(client, { starts: [], completions: [], intents: Infinity });
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  /** How many rows: the `from` clause onwards. */
  async count(from: string, ...values: unknown[]): Promise<number> {
    return (await this.query<{ n: number }>(`select count(*)::int as n from ${from}`, ...values))[0]!.n;
  }
}

/** The code a refused call is refused with; fails the test when it is not. */
export async function codeOf(refused: Promise<unknown>): Promise<unknown> {
  return refused.then(
    () => expect.fail('Expected this to be refused.'),
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
}
