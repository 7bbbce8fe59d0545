import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import type { Page } from '@baton/contracts';
import { ApiConfig } from './config.js';

const SIGNATURE_BYTES = 12;

/** Where a page ended: the sort values of its last item. */
export type Position = readonly string[];

/** Opaque cursors. Signed for one tenant and one list, so that a forged or borrowed one is told apart from a position. */
@Injectable()
export class Cursors {
  constructor(private readonly config: ApiConfig) {}

  encode(tenantId: string, list: string, position: Position): string {
    const text = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.sign(tenantId, list, text), text]).toString('base64url');
  }

  /**
   * @throws AppError `cursor-invalid` (400)
   */
  decode(tenantId: string, list: string, cursor: string | undefined): Position | undefined {
    if (cursor === undefined) return undefined;
    const bytes = Buffer.from(cursor, 'base64url');
    const [signature, text] = [bytes.subarray(0, SIGNATURE_BYTES), bytes.subarray(SIGNATURE_BYTES)];
    if (signature.length !== SIGNATURE_BYTES || !timingSafeEqual(signature, this.sign(tenantId, list, text))) {
      throw new AppError('cursor-invalid', 400, 'This cursor is not from a page of this list. Begin without one.');
    }
    return JSON.parse(text.toString()) as Position;
  }

  /** Cuts `rows` (one more than `limit` was asked for) to a page. */
  page<Item>(tenantId: string, list: string, rows: readonly Item[], limit: number, positionOf: (item: Item) => Position): Page<Item> {
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit), ...(last && { nextCursor: this.encode(tenantId, list, positionOf(last)) }) };
  }

  private sign(tenantId: string, list: string, text: Uint8Array): Buffer {
    return createHmac('sha256', this.config.jwtSecret)
      .update(`cursor ${tenantId} ${list} `)
      .update(text)
      .digest()
      .subarray(0, SIGNATURE_BYTES);
  }
}
