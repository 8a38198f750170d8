import { z } from 'zod';
import { parseDigest } from '../../../models/digest.ts';
import type { BlobStore } from '../../../ports/blob-store.ts';
import type { App } from '../../http/route.ts';
import { quote } from '../go/quote.ts';
import { ollamaError } from '../ollama-error.ts';
import { ollamaSchema } from '../ollama-schema.ts';
import { streamBodies } from '../read-body.ts';

const params = z.object({ digest: z.string() });
const reply = z.void();
const headSchema = ollamaSchema({ summary: 'Whether a file was uploaded', reply });
const postSchema = ollamaSchema({ summary: 'Upload a file under its sha256', reply });
const url = '/api/blobs/:digest';

/** `HEAD /api/blobs/:digest` and `POST /api/blobs/:digest`: the files of models and adapters, raw. */
export function blobRoutes(blobs: BlobStore): (scope: App) => void {
  return (scope) => {
    scope.head(
      url,
      {
        config: { access: { scope: 'admin' } },
        schema: { ...headSchema, params },
      },
      async (request, response) => {
        const digest = digestOf(request.params.digest);
        if (!(await blobs.has(digest))) throw ollamaError(404, `blob ${quote(digest)} not found`);
        return response.status(200).send();
      },
    );
    streamBodies(scope, (inner) => {
      inner.post(
        url,
        {
          config: { access: { scope: 'admin' }, idempotency: false, takesLong: true },
          schema: { ...postSchema, params, response: { ...postSchema.response, 200: reply, 201: reply } },
        },
        async (request, response) => {
          const digest = digestOf(request.params.digest);
          if (await blobs.has(digest)) {
            request.raw.resume();
            return response.status(200).send();
          }
          const content = (request.body ?? noBytes()) as AsyncIterable<Uint8Array>;
          await blobs.put(digest, content, { bytes: bytesOf(request.headers['content-length']) });
          return response.status(201).send();
        },
      );
    });
  };
}

function digestOf(text: string): string {
  const digest = parseDigest(text);
  if (digest === undefined) throw ollamaError(400, 'invalid digest format');
  return digest;
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

function bytesOf(length: string | undefined): number | null {
  return length === undefined ? null : Number(length);
}
