import type { Variables } from '@baton/engine';

/** What a worker of a job gets to see beside the row's columns. Stored through the codec. */
export interface JobPayload {
  readonly elementId: string;
  /** What the element was called when the job was created, if a migration has renamed it: the effect key stays. */
  readonly createdAs?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly variables: Variables;
}

/** Stable over retries and redeliveries: the idempotency key of the job's effect. */
export function effectKey(tenantId: string, instanceId: string, { elementId, createdAs }: JobPayload, key: number): string {
  return `${tenantId}:${instanceId}:${createdAs ?? elementId}:${key}`;
}
