import { type Config, ConfigError } from '../config/config.ts';
import type { Auth } from '../core/auth/auth.ts';
import { pause } from '../core/knowledge/ingestion/pause.ts';
import { AppError, isAppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import { runInBackground, type Background } from './background.ts';

export interface NewAdministrator {
  username: string;
  password: string;
  /** Nobody knows the password yet: show it, it cannot be found later. */
  isGenerated: boolean;
}

const loopbackHosts = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Makes the first administrator; refuses to serve other machines while there is none. */
async function ensureAdministrator(config: Config, { users }: Auth): Promise<NewAdministrator | null> {
  const { HOST, ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = config;
  if (!loopbackHosts.test(HOST) && password === null && !(await users.hasAdministrator())) {
    throw new ConfigError([
      'HOST: other machines reach this address, and no administrator exists yet: set ADMIN_PASSWORD, or start once with HOST=127.0.0.1',
    ]);
  }
  const { created, generatedPassword } = await users.ensureAdministrator({ username, password });
  const firstPassword = generatedPassword ?? password;
  if (!created || firstPassword === null) return null;
  return { username, password: firstPassword, isGenerated: generatedPassword !== null };
}

const retryMs = 1_000;

/**
 * As `ensureAdministrator`; when the database cannot be reached the service starts without, and makes the administrator of
 * the settings as soon as it can. Then no password is generated, because nobody would see it.
 */
export async function ensureAdministratorSoon(
  config: Config,
  auth: Auth,
  { closing, report }: Background,
): Promise<NewAdministrator | null> {
  try {
    return await ensureAdministrator(config, auth);
  } catch (error) {
    if (!isAppError(error, 'part_unavailable')) throw error;
    report('the service starts without its database', error);
  }
  const retry = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await pause(retryMs, signal);
      if (await isThere(config, auth, report).catch(() => false)) return;
    }
  };
  runInBackground(closing, [retry]);
  return null;
}

async function isThere(config: Config, auth: Auth, report: Background['report']): Promise<boolean> {
  if (config.ADMIN_PASSWORD !== null) await ensureAdministrator(config, auth);
  else if (!(await auth.users.hasAdministrator())) {
    const detail = told`No administrator exists yet: set ADMIN_PASSWORD, or start the service again to have a password made.`;
    report('nobody can log in', new AppError('unauthenticated', { detail }));
  }
  return true;
}
