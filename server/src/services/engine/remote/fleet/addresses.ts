import { told } from '../../../../errors/told.ts';
import type { EngineAddress } from '../wire/http.ts';

/**
 * The engines of the setting. A user and password in an address are sent to that engine as basic authorization; the key goes
 * to those without. `/v1` at the end of an address, as clients of OpenAI write it, is taken away.
 */
export function engineAddresses(urls: readonly string[], apiKey: string | null): EngineAddress[] {
  return urls.map((text, index) => {
    const url = new URL(text);
    const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const bearer = apiKey === null ? null : `Bearer ${apiKey}`;
    return {
      base: `${url.origin}${path}`,
      label: told`engine ${index + 1} of BILLUMY_URL`,
      authorization: user === ':' ? bearer : `Basic ${Buffer.from(user).toString('base64')}`,
    };
  });
}
