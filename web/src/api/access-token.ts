import { connect, refreshSession, renewedToken, type RenewedToken, type SessionToken } from '@billumy/protocol';
import { chosenLanguage } from '../preferences/language.tsx';

/** Renewed before it expires, so that a request in the middle of it does not fail. */
const spareMs = 60_000;

export interface AccessToken extends RenewedToken {
  keep(token: SessionToken): void;
  drop(): void;
}

/** The access token, in the memory of this page only. */
export function createAccessToken(url: string): AccessToken {
  let kept: { text: string; renewAt: number } | null = null;

  const keep = (token: SessionToken): string => {
    kept = { text: token.access_token, renewAt: Date.now() + token.expires_in * 1000 - spareMs };
    return kept.text;
  };
  const token = renewedToken({
    kept: () => (kept !== null && Date.now() < kept.renewAt ? kept.text : undefined),
    renew: async () => keep(await refreshSession(connect({ url, language: chosenLanguage() }))),
  });
  return { ...token, keep, drop: () => (kept = null) };
}
