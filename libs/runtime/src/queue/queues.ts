import { createPostgresBackend, Queue, withBackend, Worker } from 'bullmq';

/** The one queue there is. Its jobs are empty: they say that there is work, never what. */
const NAME = 'baton-doorbell';
const PREFIX = '{baton}'; // one hash slot, so that a Redis cluster keeps the keys together

/** Without a Redis the doorbell lives in the same Postgres, in the schema `bullmq` that the migrator made. */
export interface QueueSettings {
  readonly url: string;
  readonly redisUrl?: string | undefined;
}

const postgres = withBackend(createPostgresBackend);

const onPostgres = ({ url }: QueueSettings, size: number) => ({
  connectionString: url,
  schema: 'bullmq',
  skipMigrations: true,
  max: size,
  keepAlive: true,
  application_name: 'baton-doorbell',
});

/** The ringing side: fails fast, because a ring that does not get through costs only time. */
export function openQueue(settings: QueueSettings): Pick<Queue, 'add' | 'close' | 'on'> {
  if (!settings.redisUrl) return new postgres.Queue(NAME, { connection: onPostgres(settings, 1) }) as unknown as Queue;
  const connection = { url: settings.redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 };
  return new Queue(NAME, { connection, prefix: PREFIX });
}

/** The hearing side. */
export function openWorker(settings: QueueSettings, onRing: () => void): Pick<Worker, 'close' | 'on'> {
  const processor = (): Promise<void> => Promise.resolve(onRing());
  const options = { concurrency: 1, removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } };
  if (!settings.redisUrl)
    return new postgres.Worker(NAME, processor, { ...options, connection: onPostgres(settings, 2) }) as unknown as Worker;
  return new Worker(NAME, processor, { ...options, connection: { url: settings.redisUrl, maxRetriesPerRequest: null }, prefix: PREFIX });
}
