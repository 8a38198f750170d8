// Nginx as a process, with the configuration that its container has.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPart } from './start-part.mjs';

const templateFolder = fileURLToPath(new URL('../../deploy/nginx', import.meta.url));
const starter = fileURLToPath(new URL('../servers/nginx.sh', import.meta.url));

/**
 * The template with its names filled in: what the entrypoint of the container does.
 *
 * @param {{ folder: string, host: string, port: number, replicas: readonly string[], certificates?: string }} options
 *   `replicas` are `host:port`; `certificates` is a folder with fullchain.pem and privkey.pem, for HTTPS
 * @returns {string}
 */
export function renderNginx({ folder, host, port, replicas, certificates }) {
  const values = {
    NGINX_FOLDER: folder,
    NGINX_INCLUDES: templateFolder,
    NGINX_ACCESS_LOG: join(folder, 'access.log'),
    NGINX_LISTEN: `${host}:${port}${certificates === undefined ? '' : ' ssl'}`,
    NGINX_CERTIFICATES:
      certificates === undefined
        ? ''
        : `ssl_certificate "${certificates}/fullchain.pem"; ssl_certificate_key "${certificates}/privkey.pem";`,
    NGINX_RESOLVER: '',
    NGINX_REPLICAS: replicas.map((address) => `server ${address} max_fails=1 fail_timeout=2s;`).join(' '),
  };
  const template = readFileSync(join(templateFolder, 'nginx.conf.template'), 'utf8');
  return template.replaceAll(/\$\{(NGINX_\w+)\}/g, (_whole, name) => {
    if (values[name] === undefined) throw new Error(`nginx.conf.template has a name that nobody fills in: ${name}`);
    return values[name];
  });
}

/**
 * Starts nginx in front of the replicas; resolves when it listens. Rejects with what nginx said when it does not start.
 *
 * @param {Parameters<typeof renderNginx>[0]} options
 * @returns {ReturnType<typeof startPart>}
 */
export async function startNginx(options) {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, renderNginx(options));
  return startPart('nginx', [starter, file, folder], { ready: /^READY (\S+)/m });
}
