import type { TrainerAddress } from './trainer-http.ts';

/** A user and password in the address are sent as basic authorization, instead of the key. `/v1` at its end may be left out. */
export function trainerAddress(text: string, apiKey: string | null): TrainerAddress {
  const url = new URL(text);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const bearer = apiKey === null ? null : `Bearer ${apiKey}`;
  return {
    base: `${url.origin}${path}`,
    authorization: user === ':' ? bearer : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}
