import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { App } from '../http/route.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Billumy: API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="description"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#description', validatorUrl: null });\n`;

const pageRoute = { config: { access: 'public' }, schema: { hide: true } } as const;

/** `/docs`: the OpenAPI document as pages, from files of this machine only. */
export function docsRoutes(app: App): void {
  app.get('/docs', pageRoute, async (_request, reply) => send(reply, 'text/html; charset=utf-8', page));
  app.get('/docs/start.js', pageRoute, async (_request, reply) => send(reply, 'text/javascript; charset=utf-8', start));
  app.get('/docs/swagger-ui-bundle.js', pageRoute, async (_request, reply) =>
    send(reply, 'text/javascript; charset=utf-8', await readAsset('swagger-ui-bundle.js')),
  );
  app.get('/docs/swagger-ui.css', pageRoute, async (_request, reply) =>
    send(reply, 'text/css; charset=utf-8', await readAsset('swagger-ui.css')),
  );
}

function send(reply: FastifyReply, mediaType: string, content: string | Buffer): FastifyReply {
  return reply.header('content-security-policy', policy).type(mediaType).send(content);
}

const require = createRequire(import.meta.url);

function readAsset(name: string): Promise<Buffer> {
  return readFile(join(dirname(require.resolve('@fastify/swagger-ui/package.json')), 'static', name));
}
