import { Runtime } from '@baton/runtime';
import type { TestDatabase } from '@baton/testing';

/** The runtime that a worker hosts, in this process. */
export async function startWorker({ engineUrl, dispatcherUrl }: TestDatabase): Promise<{ stop(): Promise<void> }> {
  const runtime = new Runtime({
    engineUrl,
    dispatcherUrl,
    handlers: [],
    onTrouble: (message, error) => process.stderr.write(`${message}: ${error instanceof Error ? error.message : String(error)}\n`),
  });
  runtime.start();
  await runtime.ready();
  return runtime;
}
