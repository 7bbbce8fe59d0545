import type { Command } from 'commander';

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ command: () => Command }>;
}

/** Every subcommand; its file is loaded when it is asked for. */
export const commands: readonly Entry[] = [
  { name: 'up', summary: 'start everything on this machine', load: () => import('./commands/up.js') },
  { name: 'run', summary: 'run a process file in memory, on a virtual clock', load: () => import('./commands/run.js') },
  { name: 'validate', summary: 'check process and decision files', load: () => import('./commands/validate.js') },
  { name: 'decide', summary: 'make a decision of a DMN file', load: () => import('./commands/decide.js') },
  { name: 'deploy', summary: 'deploy files or folders to a server', load: () => import('./commands/deploy.js') },
  { name: 'start', summary: 'start an instance on a server', load: () => import('./commands/start.js') },
  { name: 'bench', summary: 'measure the engine', load: () => import('./commands/bench.js') },
];
