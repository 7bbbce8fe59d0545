import { Command, InvalidArgumentError } from 'commander';
import { Exit } from '../exit.js';

interface Options {
  readonly port?: number;
  readonly reset?: boolean;
}

export function command(): Command {
  return new Command('up')
    .description('Start everything on this machine: embedded PostgreSQL, API, worker, web app, and a demo tenant.')
    .option('--port <number>', 'where to answer (default 8080, or the next free port)', port)
    .option('--reset', 'begin with an empty database')
    .addHelpText(
      'after',
      '\nExamples:\n  baton up\n  baton up --port 9000\n  DATABASE_URL=… DATABASE_OWNER_URL=… REDIS_URL=… baton up\n\nCtrl-C stops everything; the data stays.',
    )
    .action(async (options: Options) => {
      const { up } = await import('@baton/runtime/embedded');
      const exitCode = await up(options);
      if (exitCode !== 0) throw new Exit(exitCode);
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return value;
}
