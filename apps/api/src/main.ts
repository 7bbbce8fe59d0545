import 'reflect-metadata';
import { createApp } from './platform/create-app.js';
import { ConfigError, readConfig } from './platform/config.js';
import { createLogger } from './platform/logger.js';
import { leaveWhenTold } from './platform/shutdown.js';
import { DatabaseAway, requireSafeDatabase } from './platform/require-safe-database.js';

/** Exit code for a setting that is missing or wrong: starting again without a change will not help. */
const EXIT_CONFIG = 2;

try {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  await requireSafeDatabase(config.databaseUrl);
  const app = await createApp(config, logger);
  leaveWhenTold(app, config, logger);
  await app.listen(config.port, config.host);
  logger.info({ address: await app.getUrl(), profile: config.profile }, 'listening');
  process.send?.({ type: 'ready', address: await app.getUrl() });
} catch (error) {
  const isKnown = error instanceof ConfigError || error instanceof DatabaseAway;
  process.stderr.write(`${isKnown ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}
