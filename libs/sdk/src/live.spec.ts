import { describe, expect, it } from 'vitest';
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
