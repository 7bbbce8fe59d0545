import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LAUNCHER, baton, folderWith } from './baton.js';

// Features: M-15

describe('the command', () => {
  it('says its version at once', async () => {
    await baton(['--version']); // warms the file cache
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const startedAt = performance.now();
      const { stdout, exitCode } = await baton(['--version']);
      times.push(performance.now() - startedAt);
      expect({ stdout, exitCode }).toEqual({ stdout: '0.1.0\n', exitCode: 0 });
    }
    // The fastest of five: the machine may be busy with other tests.
    expect(Math.min(...times)).toBeLessThan(150);
  });

  it.each([['run'], ['validate'], ['decide'], ['deploy'], ['start'], ['up'], ['bench'], ['bench', 'engine']])(
    '%s %s --help shows examples',
    async (...args) => {
      const { stdout, exitCode } = await baton([...args.filter((arg) => arg), '--help']);

      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/Examples:\n {2}\S*.*baton /);
    },
  );

  it.each([
    ['an unknown option', ['run', 'x.bpmn', '--loud'], /unknown option '--loud'/],
    ['an unknown command', ['rnu'], /unknown command 'rnu'/],
    ['a missing argument', ['run'], /missing required argument 'file'/],
    ['a missing option', ['decide', 'x.dmn'], /--decision/],
    ['a value that is not allowed', ['run', 'x.bpmn', '--timers', 'later'], /skip/],
    ['a file that is not there', ['run', 'nowhere.bpmn'], /nowhere\.bpmn: There is no such file/],
    ['variables that are not JSON', ['run', 'x.bpmn', '--vars', '{'], /--vars is not JSON/],
    ['variables that are no object', ['run', 'x.bpmn', '--vars', '[1]'], /--vars must be a JSON object/],
    ['nobody to be', ['start', 'order'], /BATON_TOKEN/],
  ])('refuses %s', async (_name, args, message) => {
    const { stdout, stderr, exitCode } = await baton(args, { BATON_TOKEN: '' });

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });

  it('says in one line what to do before it is built', () => {
    const file = folderWith({ 'package.json': '{"version":"0.1.0"}', 'bin/baton.mjs': readFileSync(LAUNCHER, 'utf8') });
    const { status, stderr } = spawnSync(process.execPath, [file('bin/baton.mjs'), 'run', 'x.bpmn'], { encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stderr).toBe('baton is not built yet: run `npm run build` in the project folder.\n');
  });

  it('fails when no server answers', async () => {
    const { stderr, exitCode } = await baton(['start', 'order'], { BATON_TOKEN: 't', BATON_URL: 'http://127.0.0.1:1' });

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/does not answer/);
  });
});
