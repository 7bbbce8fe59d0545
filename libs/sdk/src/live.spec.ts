import { describe, expect, it } from 'vitest';
import { BatonClient } from './client.js';
import { eventData } from './live.js';

async function read(...chunks: string[]): Promise<string[]> {
  const bytes = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const seen: string[] = [];
  for await (const data of eventData(new Response(new Blob(bytes).stream()))) seen.push(data);
  return seen;
}

describe('a stream of server-sent events', () => {
  it('gives the data of each event, wherever the chunks break', async () => {
    expect(await read('event: change\nda', 'ta: {"a":1}\n', '\ndata: {"b"', ':2}\n\n')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('leaves out comments, which keep the connection open', async () => {
    expect(await read(': ping\n\n', 'data: x\n\n')).toEqual(['x']);
  });

  it('joins the lines of one event', async () => {
    expect(await read('data: a\ndata: b\r\n\r\n')).toEqual(['a\nb']);
  });
});

describe('following changes', () => {
  it('opens the stream again when it breaks, and ends with the signal', async () => {
    const asked: string[] = [];
    const stop = new AbortController();
    const answers = [
      'event: change\ndata: {"topic":"incident","id":"1"}\n\n',
      'event: resync\ndata: {}\n\nevent: change\ndata: {"topic":"incident","id":"2"}\n\n',
    ];
    const client = new BatonClient({
      baseUrl: 'http://baton.test',
      token: 't',
      fetch: (url, init) => {
        asked.push(`${String(url)} ${new Headers(init?.headers).get('accept') ?? ''}`);
        return Promise.resolve(new Response(answers[asked.length - 1] ?? ''));
      },
    });
    const seen: string[] = [];
    const connections: boolean[] = [];

    await client.live(
      ({ id }) => {
        seen.push(id);
        if (id === '2') stop.abort();
      },
      { signal: stop.signal, onConnection: (isConnected) => void connections.push(isConnected) },
    );

    expect(seen).toEqual(['1', '2']);
    expect(connections).toEqual([true, false, true]);
    expect(asked[0]).toBe('http://baton.test/api/v1/live text/event-stream');
  });

  it('gives up when the server refuses', async () => {
    const refusal = { type: 'x', code: 'forbidden', title: 'forbidden', status: 403 };
    const client = new BatonClient({
      baseUrl: 'http://baton.test',
      token: 't',
      fetch: () => Promise.resolve(Response.json(refusal, { status: 403 })),
    });

    await expect(client.live(() => undefined)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
