import { type Config, ConfigError } from '../config/config.ts';
import type { Auth } from '../core/auth/auth.ts';

export interface NewAdministrator {
  username: string;
  password: string;
  /** Nobody knows the password yet: show it, it cannot be found later. */
  isGenerated: boolean;
}

const loopbackHosts = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Makes the first administrator; refuses to serve other machines while there is none. */
export async function ensureAdministrator(config: Config, { users }: Auth): Promise<NewAdministrator | null> {
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
