import { createHmac, generateKeyPairSync, randomBytes, sign as signBytes, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminPassword, openAuthApp, presetKey, type AuthApp } from '../support/auth-app.ts';

type Part = Record<string, unknown>;
interface Forger {
  header: Part;
  payload: Part;
  /** Signed with the real key: only the claims or the header are wrong. */
  withRealKey(header: Part, payload: Part): string;
  token: string;
}

const json = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const hmac = (input: string, key: Uint8Array, hash = 'sha256'): string =>
  createHmac(hash, key).update(input).digest('base64url');
const signed = (header: Part, payload: Part, sign: (input: string) => string): string => {
  const input = `${json(header)}.${json(payload)}`;
  return `${input}.${sign(input)}`;
};
const decode = (part: string): Part => JSON.parse(Buffer.from(part, 'base64url').toString()) as Part;

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = Buffer.from(rsa.publicKey.export({ type: 'spki', format: 'pem' }));
const jwkOf = (key: Uint8Array): JsonWebKey => ({ kty: 'oct', k: Buffer.from(key).toString('base64url') });
const ownKey = randomBytes(32);

/** The last character holds four bits of the signature and two that decoders ignore. */
function respelled(token: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)!) + 1]!;
}

/** Tokens that nobody can make without the key. */
function withoutTheKey({ header, payload, token }: Forger): Record<string, string> {
  const [head = '', body = '', signature = ''] = token.split('.');
  const own = (more: Part = {}, key: Uint8Array = ownKey): string =>
    signed({ ...header, ...more }, payload, (input) => hmac(input, key));
  const unsigned = (alg: string): string => `${json({ ...header, alg })}.${body}.`;
  return {
    'algorithm none': unsigned('none'),
    'algorithm None': unsigned('None'),
    'algorithm NONE': unsigned('NONE'),
    'algorithm nOnE': unsigned('nOnE'),
    'no algorithm': `${json({ typ: 'at+jwt' })}.${body}.${signature}`,
    'empty algorithm': `${json({ ...header, alg: '' })}.${body}.${signature}`,
    'algorithm as a number': `${json({ ...header, alg: 256 })}.${body}.${signature}`,
    'algorithm as a list': `${json({ ...header, alg: ['HS256', 'none'] })}.${body}.${signature}`,
    'algorithm none with the real signature': `${json({ ...header, alg: 'none' })}.${body}.${signature}`,
    'lower case algorithm': `${json({ ...header, alg: 'hs256' })}.${body}.${signature}`,
    'another key': own(),
    'an empty key': own({}, new Uint8Array()),
    'a key of zeros': own({}, new Uint8Array(32)),
    'the issuer as key': own({}, Buffer.from('billumy')),
    'the word secret as key': own({}, Buffer.from('secret')),
    'the preset key as key': own({}, Buffer.from(presetKey)),
    'the administrator’s password as key': own({}, Buffer.from(adminPassword)),
    HS384: signed({ ...header, alg: 'HS384' }, payload, (input) => hmac(input, ownKey, 'sha384')),
    HS512: signed({ ...header, alg: 'HS512' }, payload, (input) => hmac(input, ownKey, 'sha512')),
    RS256: signed({ ...header, alg: 'RS256' }, payload, (input) =>
      signBytes('sha256', Buffer.from(input), rsa.privateKey).toString('base64url'),
    ),
    'a public key as HMAC key': own({}, publicPem),
    'embedded jwk': own({ jwk: jwkOf(ownKey) }),
    'embedded public jwk': signed(
      { ...header, alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) },
      payload,
      (input) => signBytes('sha256', Buffer.from(input), rsa.privateKey).toString('base64url'),
    ),
    jku: own({ jku: 'http://127.0.0.1:9/keys' }),
    x5u: own({ x5u: 'http://127.0.0.1:9/cert' }),
    x5c: own({ x5c: [publicPem.toString('base64')] }),
    'kid of an empty file': own({ kid: '/dev/null' }, new Uint8Array()),
    'kid that walks': own({ kid: '../../../../dev/null' }, new Uint8Array()),
    'kid with SQL': own({ kid: "x' union select 'k' --" }, Buffer.from('k')),
    'kid of a prototype': own({ kid: '__proto__' }),
    'unknown critical header': own({ crit: ['x'], x: 1 }),
    'unencoded payload': own({ crit: ['b64'], b64: false }),
    'changed subject': `${head}.${json({ ...payload, sub: 'usr_other' })}.${signature}`,
    'raised version': `${head}.${json({ ...payload, ver: 99 })}.${signature}`,
    'longer life': `${head}.${json({ ...payload, exp: 9_999_999_999 })}.${signature}`,
    'no signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
    'one part': head,
    'four parts': `${token}.${signature}`,
    'five parts': `${head}.${head}.${head}.${body}.${signature}`,
    'empty parts': '..',
    'a signature cut short': token.slice(0, -1),
    'a longer signature': `${token}A`,
    'a signature of zeros': `${head}.${body}.${'A'.repeat(43)}`,
    'a signature with padding': `${token}=`,
    'a signature spelled otherwise': respelled(token),
    'plain base64 with signs': `${head}.${body}.+/${signature.slice(2)}`,
    'a header that is no JSON': `${Buffer.from('{').toString('base64url')}.${body}.${signature}`,
    'a header that is a list': `${json([])}.${body}.${signature}`,
    'a header that is null': `${json(null)}.${body}.${signature}`,
    'a payload that is no JSON': `${head}.${Buffer.from('{').toString('base64url')}.${signature}`,
    'bytes that are no UTF-8': `${head}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.${signature}`,
    'a header that nests deep': `${json(JSON.parse('['.repeat(500) + ']'.repeat(500)))}.${body}.${signature}`,
    oversize: `${head}.${'A'.repeat(5000)}.${signature}`,
    'much oversize': 'A'.repeat(12_000),
  };
}

/** What would be wrong although the key is right, as after a mistake of our own. */
function withTheKey({ header, payload, withRealKey }: Forger): Record<string, string> {
  const claims = (change: Part): string => withRealKey(header, { ...payload, ...change });
  const without = (name: string): string => {
    const { [name]: _, ...rest } = payload;
    return withRealKey(header, rest);
  };
  const iat = payload['iat'] as number;
  return {
    'another issuer': claims({ iss: 'https://evil.example' }),
    'no issuer': without('iss'),
    'another audience': claims({ aud: 'another-api' }),
    'no audience': without('aud'),
    'another type': withRealKey({ ...header, typ: 'JWT' }, payload),
    'no type': withRealKey({ alg: 'HS256' }, payload),
    'an id token': withRealKey({ ...header, typ: 'id+jwt' }, payload),
    'HS512 declared over the real signature': withRealKey({ ...header, alg: 'HS512' }, payload),
    expired: claims({ exp: iat - 3600 }),
    'expired long ago': claims({ exp: 1 }),
    'no expiry': without('exp'),
    'expiry as text': claims({ exp: '9999999999' }),
    'not valid yet': claims({ nbf: iat + 3600 }),
    'no start': without('nbf'),
    'start as text': claims({ nbf: 'now' }),
    'issued as text': claims({ iat: 'now' }),
    'no subject': without('sub'),
    'an absent user': claims({ sub: 'usr_absent' }),
    'a subject that is a list': claims({ sub: [payload['sub']] }),
    'another version': claims({ ver: 2 }),
    'no version': without('ver'),
    'version as text': claims({ ver: '1' }),
    'oversize, though signed': claims({ padding: 'x'.repeat(5000) }),
    'no login': without('sid'),
    'an absent login': claims({ sid: 'ses_absent' }),
    'a login that is an object': claims({ sid: { toString: 'x' } }),
  };
}

describe('a forged token', () => {
  let opened: AuthApp;
  let forger: Forger;
  beforeAll(async () => {
    opened = await openAuthApp();
    const { access: token } = await opened.login('admin', adminPassword);
    const [head = '', body = ''] = token.split('.');
    const key = await opened.stores.secrets.getOrCreate('access-token-key', new Uint8Array());
    const withRealKey = (header: Part, payload: Part): string => signed(header, payload, (input) => hmac(input, key));
    forger = { header: decode(head), payload: decode(body), withRealKey, token };
  });
  afterAll(() => opened[Symbol.asyncDispose]());
  const answer = async (authorization: string) => opened.call('GET', '/auth/me', { headers: { authorization } });

  it('is told from a real one, which the forger of this test can make', async () => {
    const { header, payload, withRealKey, token } = forger;
    expect(withRealKey(header, payload)).toBe(token);
    expect((await answer(`Bearer ${token}`)).status).toBe(200);
    expect((await answer(`bearer  ${withRealKey(header, { ...payload, jti: 'x' })}`)).status).toBe(200);
  });

  it('is refused with 401, whatever is wrong with it', async () => {
    const forgeries = { ...withoutTheKey(forger), ...withTheKey(forger) };
    expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(75);
    const accepted: string[] = [];
    for (const [name, token] of Object.entries(forgeries)) {
      const { status, body } = await answer(`Bearer ${token}`);
      if (status !== 401 || !['unauthenticated', 'token_expired'].includes(body['code'] as string)) accepted.push(name);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused when it is no API key either', async () => {
    const { access } = await opened.login('admin', adminPassword);
    const made = await opened.call('POST', '/auth/keys', { token: access, body: { name: 'k', scopes: ['ask'] } });
    const key = made.body['key'] as string;
    expect((await answer(`Bearer ${key}`)).status).toBe(200);
    const [, id = '', ...secret] = key.split('_');
    const forged = [
      'bil_',
      'bil__',
      `bil_${id}`,
      `bil_${id}_`,
      `bil_${id}_${'A'.repeat(43)}`,
      `bil_${id}_${secret.join('_').slice(0, -1)}`,
      `bil_${id}_${secret.join('_')}x`,
      `bil_${'0'.repeat(16)}_${secret.join('_')}`,
      `BIL_${id}_${secret.join('_')}`,
      `bil_${id.toUpperCase()}G_${secret.join('_')}`,
      `bil_' or 1=1 --_${secret.join('_')}`,
      `${key} ${key}`,
      secret.join('_'),
      id,
    ];
    const statuses = await Promise.all(forged.map(async (text) => (await answer(`Bearer ${text}`)).status));
    expect(statuses).toEqual(forged.map(() => 401));
  });

  it('is refused in any other kind of header', async () => {
    const { token } = forger;
    const headers = ['', ' ', 'Bearer', 'Bearer ', token, `Basic ${token}`, `Bearer\t${token}`, `Token ${token}`];
    headers.push(`Bearer: ${token}`, `Bearer "${token}"`, `Bearer ${token}, Bearer ${token}`, `Bearer ${token}\u00e9`);
    const statuses = await Promise.all(headers.map(async (header) => (await answer(header)).status));
    expect(statuses).toEqual(headers.map(() => 401));
    expect((await opened.call('GET', `/auth/me?access_token=${token}`)).status).toBe(401);
  });
});
