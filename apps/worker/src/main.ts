import { connectors } from '@baton/connectors';
import type { Variables } from '@baton/contracts';
import { Runtime } from '@baton/runtime';
import { pino } from 'pino';
import { ConfigError, readConfig } from './config.js';
import { serveHealth } from './health.js';
import { requireSafeRole } from './require-safe-roles.js';

/** Exit code for a setting that is missing or wrong: starting again without a change will not help. */
const EXIT_CONFIG = 2;
/** A drain that takes longer is cut short; leases that run out bring the rest to somebody else. */
const LEAVE_MS = 25_000;

try {
  await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel, base: { process: 'worker', pid: process.pid } });
  await requireSafeRole('DATABASE_ENGINE_URL', config.engineUrl);
  await requireSafeRole('DATABASE_DISPATCHER_URL', config.dispatcherUrl);

  const runtime = new Runtime({
    ...config,
    handlers: connectors.map((connector) => ({
      type: connector.type,
      run: (job, lease) =>
        connector.run(
          { ...job, variables: job.variables as Variables },
          {
            get signal() {
              return lease.signal; // a timer of its own: only for those who ask
            },
            log: (line) => logger.info(line),
          },
        ),
    })),
    onTrouble: (message, error) => logger.warn({ err: error }, message),
  });
  runtime.start();
  const health = config.healthPort === undefined ? null : serveHealth(config.healthPort, () => runtime.ready());

  let leaving = false;
  const leave = (why: string): void => {
    if (leaving) return;
    leaving = true;
    logger.info({ why }, 'draining');
    setTimeout(() => process.exit(1), LEAVE_MS).unref();
    health?.close();
    void runtime.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'draining failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(signal));
  if (config.supervised) process.on('disconnect', () => process.exit(0)); // the supervisor was killed: leases bring back what we held
  // Last: whoever hears it may ask us to leave at once.
  logger.info({ worker: runtime.name }, 'working');
  process.send?.({ type: 'ready' });
}
