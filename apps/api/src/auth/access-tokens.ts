import { Injectable } from '@nestjs/common';
import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { ApiConfig } from '../platform/config.js';
import { unauthenticated } from '../platform/problems.js';

/** Life of an access token. Short, because it is not asked for in the database. */
export const ACCESS_TOKEN_SECONDS = 600;

const ISSUER = 'baton';
const AUDIENCE = 'baton-api';
const TYPE = 'at+jwt';
/** Longer than any token we make; what is longer is not worth parsing. */
const TOKEN_CHARS_MAX = 2048;

const Claims = z.object({ sub: z.uuid(), tenant: z.uuid(), family: z.uuid(), exp: z.int() });

/** Who signed in, where. Rights are not in the token: they are read again (`Authenticator`). */
export type Claims = z.infer<typeof Claims>;

/** Makes and checks access tokens: JWT, HS256 and nothing else, with our issuer, audience and type. */
@Injectable()
export class AccessTokens {
  constructor(private readonly config: ApiConfig) {}

  issue(claims: Omit<Claims, 'exp'>): Promise<string> {
    return new SignJWT({ tenant: claims.tenant, family: claims.family })
      .setProtectedHeader({ alg: 'HS256', typ: TYPE })
      .setSubject(claims.sub)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
      .sign(this.config.jwtSecret);
  }

  /**
   * @throws AppError `unauthenticated` (401) for anything but a token of ours that is valid now. Headers that point
   *         elsewhere (`kid`, `jku`, `x5u`, `jwk`, `crit`) are refused, never followed.
   */
  async verify(token: string): Promise<Claims> {
    if (token.length > TOKEN_CHARS_MAX) throw unauthenticated('The access token is not valid.');
    const verified = await jwtVerify(token, this.config.jwtSecret, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      requiredClaims: ['sub', 'exp', 'iat'],
    }).catch((error: unknown) => {
      const isExpired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
      throw unauthenticated(isExpired ? 'The access token has expired. Refresh it.' : 'The access token is not valid.');
    });
    const claims = Claims.safeParse(verified.payload);
    const isPlain = Object.keys(verified.protectedHeader).every((name) => name === 'alg' || name === 'typ');
    if (!claims.success || !isPlain) throw unauthenticated('The access token is not valid.');
    return claims.data;
  }
}
