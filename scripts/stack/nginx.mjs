// Nginx as a process, with the configuration that its container has.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { request as requestWithTls } from 'node:https';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const templateFolder = fileURLToPath(new URL('../../deploy/nginx', import.meta.url));
const startDeadlineMs = 15_000;

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
 * Starts nginx in front of the replicas; resolves when it answers. Rejects with what nginx said when it does not start.
 *
 * @param {Parameters<typeof renderNginx>[0]} options
 * @returns {Promise<{ url: string, ended: Promise<string>, stop(): Promise<void> }>} `ended` resolves with what it said last
 */
export async function startNginx(options) {
  const { folder, port, certificates } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, renderNginx(options));
  // A worker that root starts becomes another user, who may not enter the folder of this one.
  const directives = `daemon off;${process.getuid?.() === 0 ? ' user root;' : ''}`;
  const child = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', file, '-g', directives], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes) => (said = `${said}${bytes}`.slice(-4_000)));
  const ended = once(child, 'close').then(
    () => said.trim(),
    (error) => (error.code === 'ENOENT' ? 'nginx is not installed (apt-get install nginx-light)' : error.message),
  );
  const url = `${certificates === undefined ? 'http' : 'https'}://localhost:${port}`;
  const reason = await Promise.race([ended, answers(options)]);
  if (reason !== undefined) {
    child.kill('SIGKILL');
    throw new Error(`nginx did not start: ${reason}`);
  }
  return {
    url,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Resolves with undefined when nginx answers, with a reason when it takes too long. */
async function answers({ host, port, certificates }) {
  const send = certificates === undefined ? request : requestWithTls;
  for (const deadline = Date.now() + startDeadlineMs; Date.now() < deadline; await wait(20)) {
    const call = send({ host, port, path: '/nginx-health', rejectUnauthorized: false, agent: false });
    call.end();
    const status = await once(call, 'response').then(
      ([reply]) => reply.resume().statusCode,
      () => undefined,
    );
    if (status === 200) return undefined;
  }
  return 'it does not answer';
}
