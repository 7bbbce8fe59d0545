#!/usr/bin/env node
// `npm start`: installs what is missing, builds what is stale, runs everything. Plain JavaScript for Node 20 with nothing installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { whenLauncherIsGone } from './launcher.mjs';

const HELP = `Start Baton on this machine: database, API, worker and web app.

  npm start                   keep the data of earlier starts
  npm start -- --reset        begin anew
  npm start -- --port 9000    another port than 8080
  npm start -- --help         this text

Settings (environment):
  BATON_PORT, BATON_HOST      where it answers (8080, 127.0.0.1)
  BATON_PROFILE               demo (default) or production
  BATON_JWT_SECRET            at least 32 bytes; production needs it
  DATABASE_URL                your own PostgreSQL instead of the embedded one, as role baton_app
  DATABASE_OWNER_URL          the role that migrates it
  REDIS_URL                   queues on Redis instead of PostgreSQL
  BATON_DATA_DIR              another place than .baton/

Data, logs and secrets are in .baton/. Ctrl-C stops everything; the data stays.
`;

const root = resolve(import.meta.dirname, '..');
/** What runs now: the build, then the stack. */
let running = null;
process.exitCode = await start(process.argv.slice(2));

async function start(argv) {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: { reset: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    process.stderr.write(`${error.message}\nnpm start -- --help says what there is.\n`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.port !== undefined && !(/^\d+$/.test(values.port) && values.port >= 1 && values.port <= 65_535)) {
    process.stderr.write(`--port is ${JSON.stringify(values.port)}: set a number from 1 to 65535.\n`);
    return 2;
  }
  whenLauncherIsGone(() => running?.kill('SIGTERM'));
  console.log('Baton: installing what is missing, building what is stale (the first time takes a minute or two)');
  ensureInstalled(root);
  const built = await run(process.execPath, [join(root, 'tools/build.mjs')]);
  return built === 0 ? runStack(argv) : built;
}

/**
 * The stack runs on the Node that npm brought. It has its own session, so that Ctrl-C reaches it once, through us; it leaves
 * when the channel to us breaks, so that `kill -9` of us leaves nothing behind.
 */
function runStack(argv) {
  const node = bundledNode();
  if (node === null) {
    process.stderr.write(
      `Node ${process.versions.node} is too old to run Baton on ${process.platform}-${process.arch}: install Node 22 or newer.\n`,
    );
    return 1;
  }
  const stack = spawn(node, [join(root, 'libs/runtime/dist/embedded/main.js'), ...argv], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stack.kill(signal));
  return exitOf(stack);
}

function run(program, args) {
  return exitOf(spawn(program, args, { cwd: root, stdio: 'inherit' }));
}

/** Resolves with the exit code; 1 when it could not start or was killed. */
function exitOf(child) {
  running = child;
  return new Promise((done) => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      done(1);
    });
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** The Node that npm brought (24), else the one that runs us where it is new enough: not every platform has such a package. */
function bundledNode() {
  const program = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  return Number(process.versions.node.split('.')[0]) >= 22 ? process.execPath : null;
}
