import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Proxies and browsers drop a connection that is silent for long. */
const HEARTBEAT_MS = 15_000;
/** A reader that does not read is cut off before it holds our memory. It connects again and fetches what it shows. */
const BUFFERED_BYTES_MAX = 256 * 1024;

/** One open stream of server-sent events. */
export class LiveStream {
  private readonly raw: ServerResponse;
  private readonly timers: NodeJS.Timeout[] = [];

  /**
   * @param endsAt  when the reader's access token ends, in milliseconds since 1970.
   * @param onBeat  called with every heartbeat.
   * @param onClose called once, whoever ended it.
   */
  constructor(reply: FastifyReply, endsAt: number, onBeat: () => void, onClose: () => void) {
    // From here on the answer is ours; the headers that hooks have set come along.
    reply.hijack();
    this.raw = reply.raw;
    this.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    this.write(': open\nretry: 1000\n\n');
    this.timers.push(
      setInterval(() => {
        this.write(': alive\n\n');
        onBeat();
      }, HEARTBEAT_MS),
      setTimeout(() => this.end(), Math.max(endsAt - Date.now(), 0)),
    );
    this.raw.once('close', () => {
      for (const timer of this.timers) clearTimeout(timer);
      onClose();
    });
  }

  /** `data` is sent as one line of JSON. */
  send(event: 'change' | 'resync', data: object): void {
    this.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    if (!this.raw.writableEnded) this.raw.end();
  }

  private write(text: string): void {
    if (this.raw.writableEnded || this.raw.destroyed) return;
    this.raw.write(text);
    if (this.raw.writableLength > BUFFERED_BYTES_MAX) this.raw.destroy();
  }
}
