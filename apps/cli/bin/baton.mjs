#!/usr/bin/env node
// The launcher: answers --version at once and runs the command on a Node that is new enough. Plain JavaScript, no build.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 22;
const main = new URL('../dist/main.js', import.meta.url);

if (process.argv.length === 3 && ['--version', '-V'].includes(process.argv[2])) {
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else if (!existsSync(main)) {
  fail('baton is not built yet: run `npm run build` in the project folder.');
} else if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) {
  await run();
} else {
  rerun();
}

async function run() {
  try {
    await (await import(main.href)).main(process.argv.slice(2));
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    fail(`baton is not built completely (${error.message.split('\n')[0]}): run \`npm run build\` in the project folder.`);
  }
}

function rerun() {
  const node = bundledNode();
  if (!node)
    return fail(
      `baton needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.versions.node}, and \`npm ci\` has brought none for this system.`,
    );
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both; the child decides what it means.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('error', (error) => fail(`Node could not be started (${node}): ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
}

function bundledNode() {
  const { resolve } = createRequire(import.meta.url);
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  try {
    const path = resolve(`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/${file}`);
    if (existsSync(path)) return path;
  } catch {
    // No such package on this system; perhaps there is a link.
  }
  const link = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
  return existsSync(link) ? link : null;
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
