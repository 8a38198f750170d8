import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const credentialsSchema = z.object({
  url: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});

/** The login that `billumy login` keeps for the other commands. */
export type Credentials = z.infer<typeof credentialsSchema>;

export async function readCredentials(path = defaultPath()): Promise<Credentials | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = credentialsSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** Only this user may read the file. */
export async function writeCredentials(credentials: Credentials, path = defaultPath()): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(credentials), { mode: 0o600 });
  await rename(draft, path);
}

export async function removeCredentials(path = defaultPath()): Promise<void> {
  await rm(path, { force: true });
}

function defaultPath(): string {
  const folder = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
  return join(folder, 'billumy', 'credentials.json');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
