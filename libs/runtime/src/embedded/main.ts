import { parseArgs } from 'node:util';
import { ConfigProblem } from './config-problem.js';
import { portOf } from './stack-settings.js';
import { up } from './up.js';

/** What `npm start` runs once everything is installed and built: `main.js [--port N] [--reset]`. */
try {
  const { values } = parseArgs({ options: { port: { type: 'string' }, reset: { type: 'boolean' } } });
  const port = portOf(values.port, '--port');
  process.exitCode = await up({ ...(port === null ? {} : { port }), ...(values.reset && { reset: true }) });
} catch (error) {
  const wrong = error instanceof ConfigProblem || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = wrong ? 2 : 1;
}
// Sockets kept alive by fetch must not keep us.
process.exit();
