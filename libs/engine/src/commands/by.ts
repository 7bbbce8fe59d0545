import type { Command } from '../command.js';

/** Who asked, and why, as far as they said. */
export function by(command: Command): { readonly by?: string; readonly reason?: string } {
  return {
    ...(command.by === undefined ? undefined : { by: command.by }),
    ...('reason' in command && command.reason !== undefined ? { reason: command.reason } : undefined),
  };
}
