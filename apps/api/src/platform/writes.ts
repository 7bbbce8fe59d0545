import { createHash } from 'node:crypto';
import { Injectable, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@baton/contracts';
import { Database } from '@baton/runtime';
import type { Transaction } from '@baton/runtime';
import { bodyBytes } from './json-body.js';
import { noteInput } from './operation.js';
import { principalOf } from './principal.js';
import type { Principal } from './principal.js';

const KEY_CHARS_MAX = 255;

/** A request that wants to change something, and the key under which it may be repeated. */
export interface Write {
  readonly principal: Principal;
  readonly idempotencyKey: string | undefined;
  /** Same person, same address, same bytes: the same request. */
  readonly fingerprint: () => Buffer;
  readonly reply: FastifyReply;
}

/** Parameter: the write, for `Writes.run`. */
export const WriteOf = (): ParameterDecorator => (target, key, index) => {
  noteInput(target, key, { writes: true });
  createParamDecorator((_: unknown, context: ExecutionContext): Write => {
    const http = context.switchToHttp();
    return writeOf(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  })()(target, key, index);
};

function writeOf(request: FastifyRequest, reply: FastifyReply): Write {
  const principal = principalOf(request);
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || key.length === 0 || key.length > KEY_CHARS_MAX)) {
    throw new AppError('idempotency-key-invalid', 400, `An Idempotency-Key has 1 to ${KEY_CHARS_MAX} characters.`);
  }
  const fingerprint = (): Buffer =>
    createHash('sha256').update(`${principal.personId} ${request.method} ${request.url}\n`).update(bodyBytes(request)).digest();
  return { principal, idempotencyKey: key, fingerprint, reply };
}

interface Outcome {
  /** Overrides the route's success status. */
  readonly status?: number;
  readonly body: unknown;
}

/** Runs writes: one transaction holds the change and the answer that a repetition will get. */
@Injectable()
export class Writes {
  constructor(private readonly database: Database) {}

  /** Do `work` once per idempotency key, and answer with what it returns. A refusal changes nothing and may be tried again. */
  async run<Body>(write: Write, work: (tx: Transaction) => Promise<Body>, statusOf?: (body: Body) => number): Promise<Body> {
    const outcome = await this.database.withTenant(write.principal.tenantId, async (tx): Promise<Outcome> => {
      const earlier = write.idempotencyKey === undefined ? undefined : await this.earlier(tx, write);
      if (earlier) return earlier;
      const body = await work(tx);
      const made: Outcome = { body, ...(statusOf && { status: statusOf(body) }) };
      if (write.idempotencyKey !== undefined) await this.keep(tx, write, made);
      return made;
    });
    if (outcome.status !== undefined) write.reply.code(outcome.status);
    return outcome.body as Body;
  }

  /**
   * @throws AppError `idempotency-in-flight` (409) while the same key runs, `idempotency-mismatch` (422) when it was used for
   *         something else.
   */
  private async earlier(tx: Transaction, write: Write): Promise<Outcome | undefined> {
    const locks = await tx.query<{ free: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free', [
      `idempotency ${write.principal.tenantId} ${write.idempotencyKey}`,
    ]);
    if (!locks[0]?.free)
      throw new AppError('idempotency-in-flight', 409, 'A request with this Idempotency-Key is running. Ask again shortly.', [], {
        'retry-after': '1',
      });
    const [row] = await tx.query<{ request_hash: Buffer; response: Buffer | null }>(
      'select request_hash, response from idempotency where tenant_id = $1 and key = $2',
      [tx.tenantId, write.idempotencyKey],
    );
    if (!row) return undefined;
    if (!row.request_hash.equals(write.fingerprint())) {
      throw new AppError(
        'idempotency-mismatch',
        422,
        'This Idempotency-Key was used for another request. Take a new key for a new request.',
      );
    }
    return row.response ? (JSON.parse(row.response.toString()) as Outcome) : undefined;
  }

  private async keep(tx: Transaction, write: Write, outcome: Outcome): Promise<void> {
    await tx.query('insert into idempotency (tenant_id, key, request_hash, status, response) values ($1, $2, $3, $4, $5)', [
      write.principal.tenantId,
      write.idempotencyKey,
      write.fingerprint(),
      outcome.status ?? 200,
      Buffer.from(JSON.stringify(outcome)),
    ]);
  }
}
