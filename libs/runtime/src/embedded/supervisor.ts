import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { logSize, logTail, openLog } from './log-file.js';

export interface ChildSpec {
  readonly name: string;
  /** A JavaScript file, run on the Node that runs us. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What the process prints; appended to. */
  readonly logFile: string;
}

/** A process says with this exit code that its settings are wrong: starting it again would not help. */
export const EXIT_CONFIG = 2;

const BACK_OFF_MS = { first: 250, most: 15_000 } as const;
/** Whoever ran this long starts anew at the first back-off. */
const STEADY_MS = 30_000;

/**
 * Keeps processes running: what ends unasked is started again, at growing intervals.
 *
 * A child holds an IPC channel to us and leaves when it breaks (`BATON_SUPERVISED=1`), so that `kill -9` of the supervisor
 * leaves nothing behind. It has its own session: Ctrl-C in the terminal reaches it only through us, in order.
 */
export class Supervisor {
  private readonly children: SupervisedChild[] = [];
  private fail!: (error: Error) => void;

  /** Rejects when a process cannot run as configured; never resolves. */
  readonly failed = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  /** @param onRestart  told when a process ended unasked and will be started again. */
  constructor(private readonly onRestart: (name: string, why: string, inMs: number) => void = () => {}) {
    this.failed.catch(() => {});
  }

  start(spec: ChildSpec): SupervisedChild {
    const child = new SupervisedChild(spec, this.onRestart, this.fail);
    this.children.push(child);
    return child;
  }

  get pids(): number[] {
    return this.children.map((child) => child.pid).filter((pid) => pid > 0);
  }

  /** Stop all, the last started first; who does not leave in time is killed. */
  async stop(patienceMs = 3_000): Promise<void> {
    for (const child of this.children.splice(0).reverse()) await child.stop(patienceMs);
  }
}

/** One process under supervision. */
export class SupervisedChild {
  private process: ChildProcess | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;
  private backOffMs: number = BACK_OFF_MS.first;

  constructor(
    private readonly spec: ChildSpec,
    private readonly onRestart: (name: string, why: string, inMs: number) => void,
    private readonly fail: (error: Error) => void,
  ) {
    this.launch();
  }

  /** 0 while it waits for its next start. */
  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** SIGTERM, then SIGKILL when it takes longer than `patienceMs`. Resolves when the process is gone. */
  async stop(patienceMs: number): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const child = this.process;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(late);
  }

  private launch(): void {
    const { spec } = this;
    const before = logSize(spec.logFile);
    const log = openLog(spec.logFile);
    const child = spawn(process.execPath, [spec.program, ...(spec.args ?? [])], {
      env: { ...spec.env, BATON_SUPERVISED: '1' },
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    const startedAt = Date.now();
    this.process = child;
    child.on('error', () => {});
    child.once('exit', (code, signal) => {
      this.process = null;
      if (this.stopping) return;
      if (code === EXIT_CONFIG) {
        this.fail(new Error(lastLine(logTail(spec.logFile, before)) || `${spec.name} refuses its settings; see ${spec.logFile}`));
        return;
      }
      if (Date.now() - startedAt > STEADY_MS) this.backOffMs = BACK_OFF_MS.first;
      const wait = this.backOffMs;
      this.backOffMs = Math.min(this.backOffMs * 2, BACK_OFF_MS.most);
      this.onRestart(spec.name, signal ?? `exit code ${code}`, wait);
      this.timer = setTimeout(() => this.launch(), wait);
    });
  }
}

function lastLine(text: string): string {
  return text.split('\n').findLast((line) => line.trim() !== '') ?? '';
}
