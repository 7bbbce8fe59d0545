import type { Key } from '@baton/engine';
import type { StepCommand } from './load-batch.js';
import type { Stepped } from './stepped.js';

/**
 * Was there an answer for this that came too late? Two that were both accepted may exclude each other: the first one is applied,
 * the second is on record as refused (or, kept while the instance was suspended, let go), and must not keep its row alive.
 */
export function isAnswered({ refused, before }: Stepped, type: 'completeUserTask' | 'correlateMessage', key: Key): boolean {
  const answers = (command: StepCommand) =>
    command.type === type &&
    ((command.type === 'completeUserTask' && command.key === key) || (command.type === 'correlateMessage' && command.subscription === key));
  return refused.some(({ incoming }) => answers(incoming.command)) || before.deferred.some(answers);
}
