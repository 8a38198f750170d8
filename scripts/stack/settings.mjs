import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';

const servers = { opensearch: 'OPENSEARCH_URL', mongodb: 'MONGO_URL', redis: 'REDIS_URL' };

/**
 * What the stack is started with: arguments, over environment variables, over the file `.env` of the folder, which are settings
 * of the service.
 *
 * @param {{ folder: string, args: readonly string[], environment: NodeJS.ProcessEnv }} options
 */
export function readSettings({ folder, args, environment }) {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' }, data: { type: 'string' } } });
  const file = join(folder, '.env');
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...environment };
  return {
    port: Number(values.port ?? given.PORT ?? 8011),
    data: resolve(values.data ?? join(folder, 'data/stack')),
    /** Servers that are started here, because no address of one is given. */
    ownServers: Object.keys(servers).filter((name) => !given[servers[name]]),
    administrator: {
      username: given.ADMIN_USERNAME || 'admin',
      password: given.ADMIN_PASSWORD || randomBytes(12).toString('base64url'),
      isGenerated: !given.ADMIN_PASSWORD,
    },
    /** A key that may ask; one that is made up here is good until the stack stops. */
    token: given.BILLUMY_TOKEN || `stack-${randomBytes(18).toString('base64url')}`,
  };
}

/** Addresses of servers by the names of their settings. */
export function serverSettings(urls) {
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [servers[name], url]));
}
