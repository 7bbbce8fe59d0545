// npm run build: the Prisma client, every package's dist/, the web app. Does only what is stale.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');
const env = {
  ...process.env,
  // `npm` scripts on a machine with an old Node still build with the bundled one.
  PATH: `${bin}:${process.env.PATH}`,
  NX_TUI: 'false',
  // prisma generate asks for a schema engine it does not use and would download one.
  PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'tools/no-schema-engine'),
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};

/** @type {readonly (readonly [what: string, command: string, ...args: string[]])[]} */
const steps = [
  ['database client', 'nx', 'run-many', '-t', 'generate', '--outputStyle=static'],
  ['packages', 'tsc', '-b'],
  ['web app', 'nx', 'run-many', '-t', 'bundle', '--outputStyle=static'],
];

for (const [what, command, ...args] of steps) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(join(bin, command), args, { cwd: root, env, encoding: 'utf8' });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`build: ${what} failed (${command} ${args.join(' ')})\n${stdout}${stderr}`);
    process.exit(1);
  }
  console.log(`build: ${what.padEnd(16)} ${seconds.padStart(5)} s`);
}
