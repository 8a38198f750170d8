import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, parseConfig, unknownNames, type Config } from './config.ts';

/**
 * The settings of this process: environment variables, and below them those of a `.env` file in the working directory.
 * The file holds settings only: a name that is none is an error, because it is a typing mistake.
 */
export function loadConfig({
  environment = process.env,
  folder = process.cwd(),
}: { environment?: NodeJS.ProcessEnv; folder?: string } = {}): Config {
  const file = readEnvironmentFile(join(folder, '.env'));
  const unknown = unknownNames(file);
  if (unknown.length > 0) throw new ConfigError(unknown.map((reason) => `.env: ${reason}`));
  return parseConfig({ ...file, ...environment });
}

function readEnvironmentFile(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError([`.env: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`]);
  }
}
