import type { Connector } from './connector.js';
import { log } from './log.js';
import { noop } from './noop.js';

export type { Connector, ConnectorContext, ConnectorJob } from './connector.js';
export { log, noop };

/** Every built-in handler; a job type of two of them would be a mistake. */
export const connectors: readonly Connector[] = [noop, log];
