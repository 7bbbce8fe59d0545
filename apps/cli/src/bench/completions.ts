import type { Database } from '@baton/runtime';
import { LiveFeed } from '@baton/runtime';

/** No instance may take longer: it waits for something that nobody here gives it. */
const ENDED_MS = 60_000;
/** Without a word from the live feed, running instances are looked at this often. */
const LOOK_ANYWAY_MS = 500;

/** Waits for instances as the product's own waiting requests do: told by the live feed, then read under the tenant's rights. */
export class Completions {
  private readonly waiting = new Map<string, () => void>();
  private readonly changed = new Set<string>();
  private readonly feed: LiveFeed;
  private readonly stopListening: () => void;
  private readonly timer: NodeJS.Timeout;
  private looking = false;

  constructor(
    private readonly database: Database,
    private readonly tenantId: string,
    appUrl: string,
  ) {
    this.feed = new LiveFeed({ url: appUrl });
    this.stopListening = this.feed.subscribe(tenantId, {
      change: ({ topic, id }) => {
        if (topic === 'process-instance') this.notice(id);
      },
      resync: () => this.noticeAll(),
    });
    this.timer = setInterval(() => this.noticeAll(), LOOK_ANYWAY_MS);
  }

  /**
   * Resolves when the instance has ended.
   *
   * @throws Error when it has not after a minute.
   */
  ended(id: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`Instance ${id} does not end: does it wait for a person, a message, a timer or a worker of its own?`));
      }, ENDED_MS);
      this.waiting.set(id, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening();
    await this.feed.close();
  }

  private noticeAll(): void {
    for (const id of this.waiting.keys()) this.notice(id);
  }

  private notice(id: string): void {
    this.changed.add(id);
    if (this.looking) return;
    this.looking = true;
    setImmediate(() => void this.look().finally(() => (this.looking = false)));
  }

  private async look(): Promise<void> {
    while (this.changed.size > 0) {
      const ids = [...this.changed].filter((id) => this.waiting.has(id));
      this.changed.clear();
      if (ids.length === 0) return;
      const ended = await this.database.withTenant(this.tenantId, (tx) =>
        tx.query<{ id: string }>(
          'select id from process_instance where tenant_id = $1 and id = any ($2::uuid[]) and ended_at is not null',
          [this.tenantId, ids],
        ),
      );
      for (const { id } of ended) {
        this.waiting.get(id)?.();
        this.waiting.delete(id);
      }
    }
  }
}
