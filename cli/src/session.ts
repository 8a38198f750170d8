import {
  connect,
  ProblemError,
  refreshTokens,
  renewedToken,
  renewingConnection,
  type Connection,
  type RenewedToken,
  type Tokens,
} from '@billumy/protocol';
import { textOption, UsageError, type CommandContext, type CommandOptions } from './command.ts';
import { readCredentials, writeCredentials, type Credentials } from './credentials.ts';

export const defaultUrl = 'http://127.0.0.1:8000';

/** Options of every command that speaks to a service. */
export const connectionOptions = {
  url: {
    type: 'string',
    takes: 'URL',
    summary: { pt: 'endereço do serviço; senão, o do login', en: 'address of the service; else that of the login' },
  },
  token: {
    type: 'string',
    takes: 'TOKEN',
    summary: { pt: 'chave ou token, em vez do login', en: 'key or token, instead of the login' },
  },
} as const satisfies CommandOptions;

const secondsBeforeExpiry = 30;

/**
 * A connection as the person who ran `billumy login`, or with the token of `--token` or `BILLUMY_API_KEY`.
 * An access token that expires meanwhile is refreshed, and kept for other commands.
 */
export async function openSession(context: CommandContext): Promise<Connection> {
  const { language } = context.terminal;
  const url = serviceUrl(context);
  const token = textOption(context, 'token') ?? process.env['BILLUMY_API_KEY'];
  if (token !== undefined) return connect({ url: url ?? defaultUrl, token, language });
  const saved = await readCredentials();
  // A token is only ever sent to the service that gave it.
  if (saved === undefined || (url !== undefined && url !== saved.url))
    return connect({ url: url ?? defaultUrl, language });
  return renewingConnection({
    connectWith: (access) => connect({ url: saved.url, token: access, language }),
    accessToken: keptToken(saved),
  });
}

/** The address given by `--url` or `BILLUMY_SERVICE`. */
export function serviceUrl(context: CommandContext): string | undefined {
  const url = (textOption(context, 'url') ?? process.env['BILLUMY_SERVICE'])?.replace(/\/+$/, '');
  if (url !== undefined && !(/^https?:/i.test(url) && URL.canParse(url))) {
    throw new UsageError({
      pt: `Isto não é o endereço de um serviço: ${url} (um seria ${defaultUrl})`,
      en: `This is not the address of a service: ${url} (one would be ${defaultUrl})`,
    });
  }
  return url;
}

/** Where the commands look for the service: at the address given, or where the login is kept for, or at the usual one. */
export async function usedUrl(context: CommandContext): Promise<string> {
  return serviceUrl(context) ?? (await readCredentials())?.url ?? defaultUrl;
}

function keptToken(saved: Credentials): RenewedToken {
  let credentials = saved;
  return renewedToken({
    kept: () => (lasts(credentials) ? credentials.accessToken : undefined),
    async renew() {
      credentials = await renewed(credentials);
      return credentials.accessToken;
    },
  });
}

function lasts({ expiresAt }: Credentials): boolean {
  return Date.now() < expiresAt - secondsBeforeExpiry * 1000;
}

async function renewed(used: Credentials): Promise<Credentials> {
  // Another command may have done it: a refresh token that is used twice ends the login.
  const stored = await readCredentials();
  const latest = stored?.url === used.url ? stored : used;
  if (latest.accessToken !== used.accessToken && lasts(latest)) return latest;
  try {
    const tokens = await refreshTokens(connect({ url: latest.url }), latest.refreshToken);
    const credentials = toCredentials(latest.url, tokens);
    await writeCredentials(credentials);
    return credentials;
  } catch (error) {
    // The old token then gets the service's own 401, which says what to do.
    if (error instanceof ProblemError) return latest;
    throw error;
  }
}

export function toCredentials(url: string, tokens: Tokens): Credentials {
  return {
    url,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: Date.now() + tokens.expires_in * 1000,
  };
}
