import type { LiveChange } from '@baton/contracts';
import pg from 'pg';
import { LIVE_CHANNEL, type LivePayload } from './notify.js';

const RECONNECT_MS = 500;

export interface LiveListener {
  change(change: LiveChange): void;
  /** The connection was away: what happened meanwhile has to be read again. */
  resync(): void;
}

/**
 * What transactions changed, as they commit: one listening connection for all readers of a process. It lasts as long as there are
 * readers, and comes back by itself.
 */
export class LiveFeed {
  private readonly listeners = new Map<string, Set<LiveListener>>();
  private client: pg.Client | null = null;
  private connecting = false;
  private closed = false;

  constructor(private readonly options: { readonly url: string }) {}

  /** Hears one tenant's changes until the returned function is called. */
  subscribe(tenantId: string, listener: LiveListener): () => void {
    let ofTenant = this.listeners.get(tenantId);
    if (!ofTenant) this.listeners.set(tenantId, (ofTenant = new Set()));
    ofTenant.add(listener);
    void this.connect();
    return () => {
      ofTenant.delete(listener);
      if (ofTenant.size === 0) this.listeners.delete(tenantId);
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end().catch(() => {});
    this.client = null;
  }

  private async connect(): Promise<void> {
    if (this.client || this.connecting || this.closed) return;
    this.connecting = true;
    const client = new pg.Client({ connectionString: this.options.url, application_name: 'baton-live', keepAlive: true });
    client.on('error', () => {});
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.pass(payload));
    try {
      await client.connect();
      await client.query(`listen ${LIVE_CHANNEL}`);
      this.client = client;
      if (this.closed) await client.end();
      else for (const listeners of this.listeners.values()) for (const listener of listeners) listener.resync();
    } catch {
      await client.end().catch(() => {});
    } finally {
      this.connecting = false;
    }
    if (!this.client) this.connectLater();
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.connectLater();
  }

  private connectLater(): void {
    if (this.closed) return;
    setTimeout(() => void this.connect(), RECONNECT_MS).unref();
  }

  private pass(payload: string | undefined): void {
    const { tenantId, changes } = JSON.parse(payload ?? '{}') as LivePayload;
    for (const listener of this.listeners.get(tenantId) ?? []) for (const change of changes) listener.change(change);
  }
}
