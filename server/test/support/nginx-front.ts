import { spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'vitest';
import { errorCatalogue } from '../../src/errors/catalogue.ts';
import { statusOf } from '../../src/routes/http/status-of.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { freePort } from './free-port.ts';

interface NginxModule {
  startNginx(options: {
    folder: string;
    host: string;
    port: number;
    replicas: readonly string[];
    certificates?: string;
  }): Promise<{ stop(): Promise<void> }>;
}

interface Replica extends AsyncDisposable {
  address: string;
  /** Every request it got, without the questions of nginx whether a token is valid. */
  requests: IncomingMessage[];
}

interface Front extends AsyncDisposable {
  port: number;
  url: string;
}

export const validToken = 'Bearer valid';
/** Tests of nginx need the program. */
export const nginxIsMissing = spawnSync('nginx', ['-v']).error !== undefined;

/** Answers with the headers it got. */
export const echo: RequestListener = (request, response) => {
  request.resume().once('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.headers));
  });
};

/** A server that answers as told, and whether a token is valid as the service does. */
async function openReplica(answer: RequestListener): Promise<Replica> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/auth/check') {
      answerCheck(request, response);
      return;
    }
    requests.push(request);
    answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const answerCheck: RequestListener = ({ headers: { authorization } }, response) => {
  if (authorization === validToken) response.writeHead(204);
  else if (authorization === 'Bearer broken') response.writeHead(500);
  else if (authorization === 'Bearer old')
    response.writeHead(401, { 'www-authenticate': 'Bearer error="token_expired"' });
  else response.writeHead(401, { 'www-authenticate': 'Bearer' });
  response.end();
};

/** Nginx as it is deployed, in front of a replica for each of `answers`. */
export async function openFront(
  answers: readonly RequestListener[],
  certificates?: string,
): Promise<Front & { replicas: readonly Replica[] }> {
  const replicas = await Promise.all(answers.map(openReplica));
  const front = await openFrontOf(
    replicas.map(({ address }) => address),
    certificates,
  );
  return {
    ...front,
    replicas,
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      for (const replica of replicas) await replica[Symbol.asyncDispose]();
    },
  };
}

/** Nginx as it is deployed, in front of what listens at these addresses, each `host:port`. */
export async function openFrontOf(replicas: readonly string[], certificates?: string): Promise<Front> {
  const module = new URL('../../../scripts/stack/nginx.mjs', import.meta.url);
  const { startNginx } = (await import(module.href)) as NginxModule;
  const folder = await temporaryFolder();
  const port = await freePort();
  const where = { folder: folder.path, host: '127.0.0.1', port };
  const nginx = await startNginx({ ...where, replicas, ...(certificates === undefined ? {} : { certificates }) });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await nginx.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

interface Problem {
  code: keyof typeof statusOf;
  title: string;
  status: number;
  detail: string;
  request_id: string;
  retryable: boolean;
}

/** The body of a refusal that came from nginx, after it was found to be one of the catalogue's. */
export async function problemOf(reply: Response): Promise<Problem> {
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  const problem = (await reply.json()) as Problem;
  const { meaning, retryable } = errorCatalogue[problem.code];
  expect(problem).toMatchObject({ title: meaning, retryable, status: statusOf[problem.code] });
  expect(reply.status).toBe(problem.status);
  expect(problem.request_id).toBe(reply.headers.get('x-request-id'));
  return problem;
}
