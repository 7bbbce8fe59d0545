import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { commands } from './commands.js';
import { Exit, InputInvalid } from './exit.js';

/**
 * Run the command line. Sets `process.exitCode`: 0 done (or legitimately waiting), 1 failed, 2 invalid input.
 *
 * Only the subcommand that is named is loaded.
 */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const program = new Command('baton')
      .description('Run, check and serve business processes.')
      .version(version())
      .exitOverride()
      .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 invalid input.\n`baton COMMAND --help` shows examples.');
    for (const { name, summary, load } of commands) {
      if (args.find((argument) => !argument.startsWith('-')) === name) program.addCommand(strict((await load()).command()));
      else program.command(name).description(summary);
    }
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Unknown options and missing arguments are errors of the input, for subcommands of subcommands too. */
function strict(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help shows what there is)');
  for (const each of command.commands) strict(each);
  return command;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Exit) return error.exitCode;
  if (error instanceof InputInvalid) {
    for (const line of error.lines) console.error(line);
    return 2;
  }
  console.error(error instanceof Error ? (process.env['BATON_DEBUG'] ? error.stack : error.message) : String(error));
  return 1;
}

function version(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
}
