import type { FastifyRequest } from 'fastify';
import { readJson } from '../http/body-parsers.ts';
import type { App } from '../http/route.ts';

/** What the dialects of OpenAI and Anthropic take at most: pictures come inside of the JSON. */
export const maxBodyMegabytes = 50;

/** Takes JSON of that size, and nothing else. */
export function parseLargeJson(scope: App): void {
  const bodyLimit = maxBodyMegabytes * 1024 * 1024;
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    async (request: FastifyRequest, body: Buffer) => readJson(request, body, bodyLimit),
  );
}
