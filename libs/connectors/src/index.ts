import { log } from './log.js';
import { noop } from './noop.js';
import type { Connector } from './connector.js';

export type { Connector, ConnectorContext, ConnectorJob } from './connector.js';

/** Every job handler that ships with Baton. */
export const connectors: readonly Connector[] = [noop, log];
