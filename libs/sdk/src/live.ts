import { LiveChange } from '@baton/contracts';
import type { Transport } from './transport.js';
import { delayBefore, pause } from './retry.js';

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** Called with true when changes flow and false when the stream broke: what happened in between has to be read again. */
  readonly onConnection?: (connected: boolean) => void;
}

/** Reads `GET /live` until the signal ends it. A broken stream is opened again, with back-off. */
export async function follow(transport: Transport, onChange: (change: LiveChange) => void, options: FollowOptions): Promise<void> {
  const { signal, onConnection } = options;
  for (let failures = 0; !signal?.aborted;) {
    try {
      const response = await transport.send('GET', 'live', signal ? { signal } : {});
      onConnection?.(true);
      failures = 0;
      for await (const data of eventData(response)) {
        const change = LiveChange.safeParse(JSON.parse(data));
        if (change.success) onChange(change.data);
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (isRefusal(error)) throw error;
      failures++;
    }
    onConnection?.(false);
    await pause(delayBefore(Math.max(1, failures), null), signal);
  }
}

/** Signed out or forbidden: trying again will not help. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'status' in error && (error.status === 401 || error.status === 403);
}

/** The `data` of each event of a server-sent-events stream. Source: WHATWG HTML, 9.2.6. */
export async function* eventData(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield data.join('\n');
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
  }
}
