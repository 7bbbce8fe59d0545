import { readFileSync } from 'node:fs';

/**
 * Does a process with this number run? One that belongs to another user does, too; one that has ended and waits for its parent
 * to notice does not (in a container nobody may ever notice).
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isZombie(pid: number): boolean {
  return fieldsOf(pid)[0] === 'Z';
}

/**
 * A mark that tells a process from a later one with the same number: its start in clock ticks since boot.
 * Empty where the system does not say (no /proc); then the number alone has to do.
 */
export function birthMark(pid: number): string {
  return fieldsOf(pid)[19] ?? '';
}

/** What `/proc/PID/stat` says from its third field on; the second, the command, may hold blanks and brackets. */
function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
