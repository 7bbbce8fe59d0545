import type { LiveChange } from '@baton/contracts';
import { BatonProblem } from './problem.js';
import { pause } from './retry.js';
import type { Transport } from './transport.js';

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** The stream is open, or broken. Once it is open again, changes may have been missed: read afresh what you show. */
  readonly onConnection?: (isConnected: boolean) => void;
}

const FIRST_DELAY_MS = 500;
const DELAY_MAX_MS = 15_000;

/**
 * Calls `onChange` for each change until the signal ends it; opens the stream again, with growing pauses, whenever it breaks.
 *
 * EventSource cannot send an Authorization header, so the stream is read with fetch.
 *
 * @throws BatonProblem  for a refusal that time will not change.
 */
export async function follow(
  transport: Transport,
  onChange: (change: LiveChange) => void,
  { signal, onConnection }: FollowOptions,
): Promise<void> {
  let failures = 0;
  while (!signal?.aborted) {
    try {
      const response = await transport.send('GET', 'live', { ...(signal && { signal }), accept: 'text/event-stream' });
      failures = 0;
      onConnection?.(true);
      for await (const data of eventData(response)) onChange(JSON.parse(data) as LiveChange);
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof BatonProblem && error.status < 500 && error.status !== 429) throw error;
    }
    if (signal?.aborted) return;
    onConnection?.(false);
    await pause(Math.min(FIRST_DELAY_MS * 2 ** failures++, DELAY_MAX_MS), signal);
  }
}

/**
 * The data of each change of a stream; other events (`resync` among them, which a reconnect also means) are left out.
 *
 * Source: WHATWG HTML, 9.2.6 "Interpreting an event stream".
 */
export async function* eventData(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split(/\r?\n\r?\n/);
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = dataOf(block);
        if (data !== null) yield data;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function dataOf(block: string): string | null {
  const lines = block.split(/\r?\n/);
  const field = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
  const [event = 'change'] = field('event');
  const data = field('data');
  return event === 'change' && data.length > 0 ? data.join('\n') : null;
}
