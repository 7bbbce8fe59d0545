import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from './problems.js';

const YEAR_MS = 31_536_000_000;

/**
 * The built web app at `/`.
 *
 * Files under `assets/` carry a hash of their content in their name and are cached for ever; everything else is asked for
 * each time. An address without a file is a page of the app and gets `index.html`.
 */
export class WebApp {
  constructor(private readonly root: string) {}

  async register(fastify: FastifyInstance): Promise<void> {
    if (!existsSync(this.root)) return;
    await fastify.register(fastifyStatic, { root: this.root, serve: false, cacheControl: false });
  }

  serve(path: string, reply: FastifyReply): void {
    if (!existsSync(join(this.root, 'index.html'))) throw notFound();
    const file = this.fileFor(path);
    if (file) {
      const isHashed = file.startsWith('assets/');
      void reply.header('cache-control', isHashed ? `public, max-age=${YEAR_MS / 1000}, immutable` : 'no-cache').sendFile(file, this.root);
      return;
    }
    if (extname(path) !== '') throw notFound();
    void reply.header('cache-control', 'no-cache').sendFile('index.html', this.root);
  }

  /** The file a path names, as long as it lies inside the root. */
  private fileFor(path: string): string | undefined {
    const base = pathToFileURL(`${this.root}/`);
    const wanted = new URL(`.${path}`, base);
    if (!wanted.href.startsWith(base.href) || wanted.href === base.href) return undefined;
    const relative = decodeURIComponent(wanted.href.slice(base.href.length));
    if (relative.includes('..') || relative.includes('\0') || relative.endsWith('/')) return undefined;
    return existsSync(join(this.root, relative)) ? relative : undefined;
  }
}
