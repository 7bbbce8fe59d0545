import { DEMO_PASSWORD, DEMO_TENANTS, MigrationError } from '@baton/prisma';
import { ConfigProblem } from './config-problem.js';
import type { RunningStack, StackOptions } from './run-stack.js';
import { runStack } from './run-stack.js';

/** Exit codes of `up`: 0 it was stopped, 1 it failed, 2 a setting is missing or wrong. */
export type UpExit = 0 | 1 | 2;

/**
 * Run everything until somebody stops it: Ctrl-C, SIGTERM, or the end of the process that started us (its IPC channel).
 * Says on stdout what it does and how long that took, then the address and the demo's logins.
 */
export async function up(options: StackOptions = {}): Promise<UpExit> {
  const startedAt = Date.now();
  const elapsed = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`.padStart(7);
  const say = (what: string) => process.stdout.write(`${elapsed()}  ${what}\n`);
  const told = untilTold();
  let stack: RunningStack | null = null;
  try {
    const starting = runStack({ ...options, onProgress: options.onProgress ?? say });
    const first = await Promise.race([starting, told]);
    if (typeof first === 'string') {
      // Told to stop while starting: what was started has to go again.
      stack = await starting.catch(() => null);
    } else {
      stack = first;
      say(`Healthy.\n\n${welcome(stack)}`);
      await Promise.race([told, stack.failed]);
    }
    process.stdout.write('\nStopping …\n');
    await stack?.stop();
    process.stdout.write('Stopped.\n');
    return 0;
  } catch (error) {
    await stack?.stop();
    const known = error instanceof ConfigProblem || error instanceof MigrationError;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (!known && error instanceof Error && error.cause) process.stderr.write(`${String(error.cause)}\n`);
    return known ? 2 : 1;
  }
}

/** Resolves with the reason when somebody wants us to stop. A second Ctrl-C does not cut the stopping short. */
function untilTold(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    process.once('disconnect', () => resolve('disconnect'));
  });
}

/** Where it answers, and who may sign in. */
export function welcome(stack: Pick<RunningStack, 'address' | 'profile' | 'logs'>): string {
  const lines = [`  Baton is at   ${stack.address}`, `  API           ${stack.address}/api/docs`, `  Logs          ${stack.logs}`];
  if (stack.profile === 'demo') {
    lines.push('', `  Demo logins (password: ${DEMO_PASSWORD})`, '');
    for (const tenant of DEMO_TENANTS) {
      for (const person of tenant.people) {
        lines.push(
          `    ${tenant.name.padEnd(6)} ${person.email.padEnd(26)} ${person.name.padEnd(14)} ${[person.title, ...person.groups].join(', ')}`,
        );
      }
    }
  }
  return `${lines.join('\n')}\n\n  Ctrl-C stops it; the data stays.\n`;
}
