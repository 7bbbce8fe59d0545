import { createHash, randomBytes } from 'node:crypto';

/** Life of a refresh token: how long somebody may stay away and still be signed in. */
export const REFRESH_TOKEN_DAYS = 30;

/** A client that did not hear the answer may send the same token again for this long. */
export const GRACE_MS = 10_000;

const SHAPE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/;

/** 256 random bits behind the tenant's id, which says under whose policy the token is looked up. */
export const newRefreshToken = (tenantId: string): string => `${tenantId}.${randomBytes(32).toString('base64url')}`;

/** The tenant a token names, or null when it is none of ours. */
export const tenantOf = (token: string): string | null => SHAPE.exec(token)?.[1] ?? null;

/** What is stored: SHA-256 is enough, because the token itself is random. */
export const digestOf = (token: string): Uint8Array<ArrayBuffer> => new Uint8Array(createHash('sha256').update(token).digest());
