import { randomUUID } from 'node:crypto';
import { openQueue, openWorker, type QueueSettings } from './queues.js';

/** Between two rings of one process, times how often it was asked to: a worker that is busy looks for more by itself. */
const RING_EVERY_MS = 5;
const RING_EVERY_MAX_MS = 25;
/** A ring that takes longer is given up: the sweep finds the work. */
const RING_TIMEOUT_MS = 2_000;

/**
 * Tells workers that there is work. Carries none: a lost, doubled or late ring changes nothing but time.
 *
 * One ring at a time is on its way; what comes meanwhile becomes one more.
 */
export class Doorbell {
  private readonly queue: ReturnType<typeof openQueue>;
  private isRinging = false;
  /** How often since the last ring left. */
  private asked = 0;

  constructor(settings: QueueSettings) {
    this.queue = openQueue(settings);
    this.queue.on('error', () => {}); // Redis or Postgres is away; the client reconnects by itself
  }

  /** Never throws and never waits. */
  ring(): void {
    this.asked++;
    if (!this.isRinging) void this.send();
  }

  private async send(): Promise<void> {
    this.isRinging = true;
    while (this.asked > 0) {
      const asked = this.asked;
      this.asked = 0;
      // An id of our own: BullMQ's Postgres backend would create a sequence for one, and run-time roles create nothing.
      const sent = this.queue.add('ring', null, { jobId: randomUUID(), removeOnComplete: true, removeOnFail: true }).catch(() => undefined);
      await Promise.race([sent, pause(RING_TIMEOUT_MS)]);
      await pause(Math.min(RING_EVERY_MS * asked, RING_EVERY_MAX_MS));
    }
    this.isRinging = false;
  }

  async close(): Promise<void> {
    await Promise.race([this.queue.close(), pause(RING_TIMEOUT_MS)]).catch(() => {});
  }
}

/** Hears rings until closed. Its errors never reach the process: without a queue, work is found by sweeping. */
export class DoorbellListener {
  private readonly worker: ReturnType<typeof openWorker>;

  constructor(settings: QueueSettings, onRing: () => void, onTrouble: (error: Error) => void) {
    this.worker = openWorker(settings, onRing);
    this.worker.on('error', onTrouble);
  }

  async close(): Promise<void> {
    await Promise.race([this.worker.close(true), pause(RING_TIMEOUT_MS)]).catch(() => {});
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
