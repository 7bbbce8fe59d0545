import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatonProblem } from '@baton/sdk';

/** One line of the ledger. What has an `ack` was acknowledged, whatever a database says later. */
export interface LedgerEntry {
  readonly kind: string;
  readonly key: string;
  readonly outcome: 'intent' | 'ack' | 'unknown' | 'refused';
  /** The acknowledged answer, or the refusal's code. */
  readonly value?: unknown;
}

/** An answer that says nothing about the effect: the same call with the same key may be made again. */
const PASSING: readonly number[] = [401, 408, 425, 429, 500, 502, 503, 504];
const PATIENCE_MS = 120_000;

/**
 * Drives the API from outside and writes down, durably and before it happens, what it asks for; then what it was told.
 * A call whose outcome is unknown is repeated with the same key until somebody answers.
 */
export class Ledger {
  private readonly file: number;
  private readonly acks = new Map<string, Map<string, unknown>>();
  private readonly open = new Set<string>();
  /** Calls whose answer was lost at least once. */
  unknowns = 0;

  constructor(path: string) {
    this.file = openSync(path, 'a');
  }

  /** Calls under way: asked for, not answered. */
  get inFlight(): number {
    return this.open.size;
  }

  /** Acknowledged answers of a kind, by key. */
  acknowledged<Answer>(kind: string): ReadonlyMap<string, Answer> {
    return (this.acks.get(kind) ?? new Map()) as Map<string, Answer>;
  }

  /**
   * Make one call until it is answered.
   *
   * @param make  makes the call with the given idempotency key.
   * @throws BatonProblem when it is refused; the last error after two minutes without an answer.
   */
  async call<Answer>(kind: string, make: (idempotencyKey: string) => Promise<Answer>, key: string = randomUUID()): Promise<Answer> {
    const deadline = Date.now() + PATIENCE_MS;
    this.write({ kind, key, outcome: 'intent' });
    this.open.add(key);
    try {
      for (;;) {
        try {
          const answer = await make(key);
          this.write({ kind, key, outcome: 'ack', value: answer });
          if (!this.acks.has(kind)) this.acks.set(kind, new Map());
          this.acks.get(kind)!.set(key, answer);
          return answer;
        } catch (error) {
          const inFlight = error instanceof BatonProblem && error.code === 'idempotency-in-flight';
          if (error instanceof BatonProblem && !PASSING.includes(error.status) && !inFlight) {
            this.write({ kind, key, outcome: 'refused', value: error.code });
            throw error;
          }
          this.unknowns += 1;
          this.write({ kind, key, outcome: 'unknown', value: String(error) });
          if (Date.now() > deadline) throw error;
          await sleep(100);
        }
      }
    } finally {
      this.open.delete(key);
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private write(entry: LedgerEntry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.file);
  }
}
