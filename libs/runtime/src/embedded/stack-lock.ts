import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthMark, isAlive } from './processes.js';

interface Holder {
  readonly pid: number;
  readonly birth: string;
}

interface Lock extends Holder {
  readonly address: string;
  /** On its way out. */
  readonly isStopping: boolean;
  readonly children: readonly Holder[];
}

/** How long processes of an earlier start that is stopping, or was killed, may take to leave by themselves. */
const LEAVE_MS = 12_000;
/** How long a stack may take to notice that whoever started it was killed. */
const NOTICE_MS = 2_000;

/** Says who runs on a data folder, so that two starts do not share it and a killed one is cleared away. */
export class StackLock {
  private constructor(private readonly file: string) {}

  /**
   * Take the folder. When the start before was killed, its processes are waited for and, if they linger, ended.
   *
   * @throws Error with the address when a stack runs there already.
   */
  static async take(dataDir: string): Promise<StackLock> {
    const lock = new StackLock(join(dataDir, 'stack.json'));
    const before = lock.read();
    if (before) await lock.outlast(before);
    lock.write('', []);
    return lock;
  }

  /** @param pids  the processes that have to go with us. */
  write(address: string, pids: readonly number[], isStopping = false): void {
    const holder = (pid: number): Holder => ({ pid, birth: birthMark(pid) });
    const content: Lock = { ...holder(process.pid), address, isStopping, children: pids.map(holder) };
    writeFileSync(this.file, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  }

  release(): void {
    rmSync(this.file, { force: true });
  }

  /** Wait until everything of an earlier start is gone; end what lingers though its stack is gone. */
  private async outlast(before: Lock): Promise<void> {
    const from = Date.now();
    const waited = () => Date.now() - from;
    while (lives(before) && waited() < (this.read()?.isStopping ? LEAVE_MS : NOTICE_MS)) await sleep(50);
    if (lives(before)) {
      throw new Error(`Baton runs already, at ${before.address} (process ${before.pid}). Stop it first, or open that address.`);
    }
    while (before.children.some(lives) && waited() < LEAVE_MS) await sleep(50);
    for (const child of before.children.filter(lives)) process.kill(child.pid, 'SIGKILL');
  }

  private read(): Lock | null {
    if (!existsSync(this.file)) return null;
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Lock;
    } catch {
      // Cut off by a kill while it was written.
      return null;
    }
  }
}

const lives = (holder: Holder): boolean => isAlive(holder.pid) && birthMark(holder.pid) === holder.birth;
