import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import 'reflect-metadata';
import { startPostgres } from '@baton/testing';
import type { TestDatabase } from '@baton/testing';
import pg from 'pg';
import type { Problem, Tokens } from '@baton/contracts';
import { createApp } from '../../src/platform/create-app.js';
import { readConfig } from '../../src/platform/config.js';
import { createLogger } from '../../src/platform/logger.js';

/** Everything of one answer that a test may look at. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body & Partial<Problem>;
}

export interface Ask {
  readonly token?: string;
  /** Sent as JSON unless it is text, bytes or a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real API on a database of its own, asked over HTTP. */
export class TestApi {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly url: string,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}, given?: TestDatabase): Promise<TestApi> {
    const database = given ?? (await startPostgres());
    const config = readConfig({ DATABASE_URL: database.appUrl, BATON_PROFILE: 'demo', BATON_LOG_LEVEL: 'silent', ...env });
    const app = await createApp(config, createLogger(config.logLevel));
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new TestApi(app, database, `http://127.0.0.1:${port}`);
  }

  stop(): Promise<void> {
    return this.app.close();
  }

  async ask<Body = Record<string, unknown>>(method: string, path: string, { token, body, headers = {} }: Ask = {}): Promise<Answer<Body>> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: (isRaw ? body : JSON.stringify(body)) as string }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : {}) as Answer<Body>['body'] };
  }

  /** Signs in with the demo's password. */
  async login(email: string, tenant = 'acme'): Promise<Tokens> {
    const answer = await this.ask<Tokens>('POST', '/api/v1/auth/login', { body: { tenant, email, password: 'demo' } });
    if (answer.status !== 200) throw new Error(`Expected ${email} to sign in, but got ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async token(email: string, tenant = 'acme'): Promise<string> {
    return (await this.login(email, tenant)).accessToken;
  }

  async deploy(token: string, files: Readonly<Record<string, string>>): Promise<Answer> {
    return this.ask('POST', '/api/v1/deployments', {
      token,
      body: { files: Object.entries(files).map(([name, content]) => ({ name, content })) },
    });
  }

  /** Looks into the database, or changes what no interface changes, past row-level security. */
  async superuser(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.database.superuserUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }
}
