import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const LAUNCHER = resolve(import.meta.dirname, '../bin/baton.mjs');
const INVOICE = resolve(process.env['SUITES_DIR'] ?? '../shared/suites', 'invoice');

/** The folder of the vendor's demo process; null where the suites are not there. */
export const invoice = existsSync(INVOICE) ? INVOICE : null;

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command, as a shell would. */
export function baton(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const config = join(tmpdir(), 'no-such-config');
    const child = spawn(process.execPath, [LAUNCHER, ...args], { env: { ...process.env, XDG_CONFIG_HOME: config, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', fail);
    child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

/** The JSON on stdout: there must be nothing else. */
export function jsonOf<T>({ stdout }: Ran): T {
  return JSON.parse(stdout) as T;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files into a new folder, which goes after the last test of the file. @returns a function that gives the path of one */
export function folderWith(files: Readonly<Record<string, string>>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-cli-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return (name) => join(folder, name);
}

/** A BPMN file around the content of its definitions. */
export function bpmn(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="urn:test">
${content}
</definitions>`;
}

/** A process that goes through these elements one after the other. */
export function sequence(id: string, ...elements: readonly (readonly [id: string, xml: string])[]): string {
  const all = [['start', '<startEvent id="start"/>'] as const, ...elements, ['end', '<endEvent id="end"/>'] as const];
  const flows = all
    .slice(1)
    .map(([target], index) => `<sequenceFlow id="f${index}" sourceRef="${all[index]?.[0]}" targetRef="${target}"/>`);
  return `<process id="${id}" isExecutable="true">\n${[...all.map(([, xml]) => xml), ...flows].join('\n')}\n</process>`;
}
