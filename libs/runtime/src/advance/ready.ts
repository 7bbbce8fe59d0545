import type { Variables } from '@baton/engine';

/** What a built-in handler gave for its job: goes into the next step of its instance, without a command row. */
export type Answer =
  | { readonly type: 'done'; readonly jobId: string; readonly key: number; readonly epoch: number; readonly variables: Variables }
  | { readonly type: 'failed'; readonly jobId: string; readonly key: number; readonly epoch: number; readonly message: string };

/** An instance that has something to do. What stands in its inbox is read in the batch; what only this worker knows is here. */
export interface ReadyInstance {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly answers: Answer[];
  /** Row ids of its timers that are due. */
  readonly timers: Set<string>;
}

/** Instances that wait for their turn, each once, in the order they became ready; never one that a batch works on right now. */
export class ReadyInstances {
  private readonly waiting = new Map<string, ReadyInstance>();
  private readonly busy = new Set<string>();

  get size(): number {
    return this.waiting.size;
  }

  add(tenantId: string, instanceId: string): ReadyInstance {
    let ready = this.waiting.get(instanceId);
    if (!ready) this.waiting.set(instanceId, (ready = { tenantId, instanceId, answers: [], timers: new Set() }));
    return ready;
  }

  /** Takes up to `max` instances that no batch works on. Give them back with `done`. */
  take(max: number): ReadyInstance[] {
    const taken: ReadyInstance[] = [];
    for (const [id, ready] of this.waiting) {
      if (taken.length === max) break;
      if (this.busy.has(id)) continue;
      this.waiting.delete(id);
      this.busy.add(id);
      taken.push(ready);
    }
    return taken;
  }

  done(batch: readonly ReadyInstance[]): void {
    for (const { instanceId } of batch) this.busy.delete(instanceId);
  }

  /** A batch that could not be written: everything only this worker knows has to be tried again. */
  putBack({ tenantId, instanceId, answers, timers }: ReadyInstance): void {
    const ready = this.add(tenantId, instanceId);
    ready.answers.unshift(...answers);
    for (const timer of timers) ready.timers.add(timer);
  }
}
