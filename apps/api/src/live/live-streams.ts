import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { LiveChange } from '@baton/contracts';
import { LiveFeed } from '@baton/runtime';
import { Authenticator } from '../auth/authenticator.js';
import type { Principal } from '../platform/principal.js';
import { UserTasksRepository } from '../user-tasks/user-tasks.repository.js';
import type { TaskRecord } from '../user-tasks/user-tasks.repository.js';
import { whySeenBy } from '../user-tasks/why.js';
import { LiveStream } from './live-stream.js';

/**
 * The open live streams of this process.
 *
 * The feed brings what transactions of the reader's tenant wrote. Task changes are looked up again under the reader's rights:
 * who neither works on a task nor may take it does not hear of it. Rights are renewed with every heartbeat.
 */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly active = new Set<LiveStream>();
  /** All readers of a tenant get the same change; they share one look at its task. */
  private readonly looks = new WeakMap<LiveChange, Promise<TaskRecord | null>>();

  constructor(
    private readonly feed: LiveFeed,
    private readonly tasks: UserTasksRepository,
    private readonly authenticator: Authenticator,
  ) {}

  open(principal: Principal, reply: FastifyReply): void {
    let reader = principal;
    const unsubscribe = this.feed.subscribe(principal.tenantId, {
      change: (change) => void this.pass(reader, stream, change),
      resync: () => stream.send('resync', {}),
    });
    const renew = async (): Promise<void> => {
      // While the database is away nothing is sent that could be too much.
      const renewed = await this.authenticator.renew(principal).catch(() => reader);
      if (renewed) reader = renewed;
      else stream.end();
    };
    const stream = new LiveStream(
      reply,
      principal.expiresAt * 1000,
      () => void renew(),
      () => {
        unsubscribe();
        this.active.delete(stream);
      },
    );
    this.active.add(stream);
  }

  onModuleDestroy(): void {
    for (const stream of this.active) stream.end();
  }

  private async pass(reader: Principal, stream: LiveStream, change: LiveChange): Promise<void> {
    if (change.topic === 'user-task') {
      const task = await this.lookAt(reader.tenantId, change);
      if (!task || whySeenBy(reader, task).length === 0) return;
    }
    stream.send('change', change);
  }

  /** Null when it is gone, or the database is away: there is nothing to fetch either. */
  private lookAt(tenantId: string, change: LiveChange): Promise<TaskRecord | null> {
    const known = this.looks.get(change);
    if (known) return known;
    const look = this.tasks.get(tenantId, change.id).catch(() => null);
    this.looks.set(change, look);
    return look;
  }
}
