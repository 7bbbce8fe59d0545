import { readFileSync } from 'node:fs';

/**
 * Tell when whoever started us is gone. `kill -9` of npm sends nothing to what it runs, and between npm and us there may be a
 * shell that goes on waiting; so both are watched. Only under npm: a script started in the background outlives its shell on purpose.
 */
export function whenLauncherIsGone(then) {
  if (!process.env.npm_lifecycle_event) return;
  const launchers = [process.ppid, parentOf(process.ppid)].filter((pid) => pid > 1);
  const timer = setInterval(() => {
    if (launchers.every((pid, index) => (index === 0 ? process.ppid === pid : parentOf(launchers[0]) === pid))) return;
    clearInterval(timer);
    then();
  }, 500);
  timer.unref();
}

/** 0 where the system does not say (no /proc): then only our own parent is watched. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
