import { connect } from '@billumy/protocol';
import type { Config } from '@billumy/server/config/config';
import { readCredentials } from '../credentials.ts';
import { defaultUrl } from '../session.ts';
import type { Finding } from './finding.ts';

const longestWaitMs = 3000;

/**
 * Where a service is to be expected: at the address given, or where the settings would have it listen, or where
 * `billumy login` signed in when the settings say nothing of their own.
 */
export async function expectedUrl(
  given: string | undefined,
  settings: Pick<Config, 'HOST' | 'PORT'> | undefined,
): Promise<string> {
  if (given !== undefined) return given;
  const listening = settings === undefined ? defaultUrl : urlOf(settings);
  if (listening !== defaultUrl) return listening;
  return (await readCredentials())?.url ?? defaultUrl;
}

/** Whether a service answers there. */
export async function checkService(url: string): Promise<Finding> {
  const check = { pt: 'Serviço', en: 'Service' };
  try {
    await connect({ url }).json('/health', { signal: AbortSignal.timeout(longestWaitMs) });
    return { check, state: 'ok', detail: { pt: `responde em ${url}`, en: `answers at ${url}` } };
  } catch (error) {
    if (isRefused(error)) {
      return {
        check,
        state: 'warning',
        detail: {
          pt: `desligado: nada responde em ${url}; ligue com npm start, ou informe outro endereço com --url`,
          en: `not running: nothing answers at ${url}; start it with npm start, or give another address with --url`,
        },
      };
    }
    return {
      check,
      state: 'problem',
      detail: {
        pt: `o que responde em ${url} não é o Billumy, ou não pode ser alcançado: escolha outra PORT, ou informe outro endereço com --url`,
        en: `what answers at ${url} is not Billumy, or is out of reach: choose another PORT, or give another address with --url`,
      },
    };
  }
}

/** A service that takes any free port cannot be looked for: the usual one is as good as any other. */
function urlOf({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): string {
  if (PORT === 0) return defaultUrl;
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`;
}

/** Nothing listens on that port. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
