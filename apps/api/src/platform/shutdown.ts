import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import type { ApiConfig } from './config.js';

/** Requests under way get this long to end. */
const DRAIN_MS = 10_000;

/**
 * Stop taking requests, let those under way end, then exit: on SIGTERM and SIGINT, and when the supervisor that holds our IPC
 * channel is gone. An error nobody caught is logged and ends the process too; the supervisor starts a new one.
 */
export function leaveWhenTold(app: NestFastifyApplication, config: ApiConfig, logger: Logger): void {
  let leaving = false;
  const leave = (why: string, exitCode: number): void => {
    if (leaving) return;
    leaving = true;
    logger.info({ why }, 'leaving');
    setTimeout(() => process.exit(exitCode), DRAIN_MS).unref();
    app.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'could not close');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => leave('SIGTERM', 0));
  process.once('SIGINT', () => leave('SIGINT', 0));
  if (config.supervised) process.once('disconnect', () => leave('the supervisor is gone', 0));
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught');
    leave('uncaught error', 1);
  });
}
