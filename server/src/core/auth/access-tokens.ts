import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { JWTExpired } from 'jose/errors';
import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import { AppError } from '../../errors/app-error.ts';
import type { User } from '../../models/user.ts';
import type { SecretStore } from '../../ports/secret-store.ts';

const algorithm = 'HS256';
const keyBytes = 32;
const issuer = 'billumy';
const audience = 'billumy-api';
// Says that this is an access token and nothing else (RFC 9068, 2.1).
const tokenType = 'at+jwt';
const clockToleranceSeconds = 5;
// Decoders take other spellings of the same bytes; only the one that was given out is ours.
const tokenForm = /^[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]$/;

export const accessTokenSeconds = 15 * 60;

export interface AccessToken {
  userId: string;
  /** The login it descends from. */
  familyId: string;
  sessionVersion: number;
  expiresAt: Date;
}

export interface AccessTokens {
  /** A signed JWT of 15 minutes. */
  sign(user: Pick<User, 'id' | 'sessionVersion'>, familyId: string): Promise<string>;
  /** Rejects with `token_expired` what was ours, with `unauthenticated` everything else. */
  verify(token: string): Promise<AccessToken>;
}

export function createAccessTokens({ secrets, now }: { secrets: SecretStore; now: () => Date }): AccessTokens {
  let key: Promise<KeyObject> | undefined;
  const signingKey = (): Promise<KeyObject> => {
    key ??= loadKey(secrets).catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  return {
    async sign(user, familyId) {
      const issuedAt = Math.floor(now().getTime() / 1000);
      return new SignJWT({ sid: familyId, ver: user.sessionVersion })
        .setProtectedHeader({ alg: algorithm, typ: tokenType })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(user.id)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(issuedAt + accessTokenSeconds)
        .sign(await signingKey());
    },
    async verify(token) {
      if (!tokenForm.test(token)) throw new AppError('unauthenticated');
      const payload = await verifiedPayload(token, { key: await signingKey(), now: now() });
      const { sub, sid, ver, exp } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof ver !== 'number' || exp === undefined) {
        throw new AppError('unauthenticated');
      }
      return { userId: sub, familyId: sid, sessionVersion: ver, expiresAt: new Date(exp * 1000) };
    },
  };
}

async function loadKey(secrets: SecretStore): Promise<KeyObject> {
  return createSecretKey(await secrets.getOrCreate('access-token-key', randomBytes(keyBytes)));
}

async function verifiedPayload(token: string, { key, now }: { key: KeyObject; now: Date }) {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      audience,
      typ: tokenType,
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['sub', 'iat', 'nbf', 'exp'],
    });
    return payload;
  } catch (cause) {
    // The signature is checked before the claims: only a token of ours is ever called expired.
    throw new AppError(cause instanceof JWTExpired ? 'token_expired' : 'unauthenticated', { cause });
  }
}
