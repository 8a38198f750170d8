import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from './http/route.ts';
import { readWebAssets, type Encoding, type WebAsset } from './web-assets.ts';

/**
 * Scripts, styles and calls of this origin, and nothing else: what an answer or a document says can load nothing. Charts
 * and originals are shown from memory, as `blob:`.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const heartbeat = 'Ollama is running';
const forever = 'public, max-age=31536000, immutable';

/** The page at `/`, for who accepts HTML; others, as clients of Ollama do, ask there whether anybody is at home. */
export function webRoutes(folder: string): (app: App) => void {
  const assets = readWebAssets(folder);
  const page = assets.find(({ path }) => path === '/index.html');
  return (app) => {
    app.get(
      '/',
      {
        config: { access: 'public', alwaysAnswers: true },
        schema: {
          tags: ['ollama'],
          summary: 'The web page; without `Accept: text/html`, whether the service runs, as Ollama says it',
          response: { 200: { description: 'It runs', content: { 'text/plain': { schema: z.string() } } } },
        },
      },
      async (request, reply) => {
        void reply.header('vary', 'accept, accept-encoding');
        if (page !== undefined && accepts(request, 'text/html')) return sendPage(reply, page);
        return reply.type('text/plain; charset=utf-8').send(heartbeat);
      },
    );
    for (const asset of assets.filter((each) => each !== page)) {
      app.get(asset.path, { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) => {
        void reply.header('vary', 'accept-encoding');
        // The names of these change with what is in them.
        if (asset.path.startsWith('/assets/')) void reply.header('cache-control', forever);
        return sendAsset(reply, asset);
      });
    }
  };
}

/** It names the files of this version, so a browser asks for it each time. */
function sendPage(reply: FastifyReply, page: WebAsset): Promise<FastifyReply> {
  void reply.header('content-security-policy', policy).header('cache-control', 'no-cache');
  return sendAsset(reply, page);
}

async function sendAsset(reply: FastifyReply, asset: WebAsset): Promise<FastifyReply> {
  void reply.type(asset.mediaType);
  const encoding = encodingFor(reply.request);
  if (encoding === undefined) return reply.send(asset.content);
  return reply.header('content-encoding', encoding).send(await asset.encoded(encoding));
}

function encodingFor({ headers }: FastifyRequest): Encoding | undefined {
  const accepted = headers['accept-encoding'];
  const names = (Array.isArray(accepted) ? accepted.join(',') : (accepted ?? '')).split(',').map((name) => name.trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : undefined;
}

function accepts({ headers }: FastifyRequest, mediaType: string): boolean {
  return headers.accept?.includes(mediaType) === true;
}
