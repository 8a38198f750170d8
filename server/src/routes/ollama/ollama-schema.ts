import { z } from 'zod';
import type { GoBody } from './go/types.ts';

export interface OllamaSchemaOptions {
  summary: string;
  description?: string;
  /** What the body is read into. */
  body?: GoBody<unknown>;
  /** When it succeeds. */
  reply: z.ZodType;
  /** Whether objects of the reply may also come as lines. */
  streams?: boolean;
}

interface DescribedReply {
  description: string;
  content: Record<string, { schema: z.ZodType }>;
}

const failure: DescribedReply = {
  description: 'What went wrong, in Ollama’s words',
  content: {
    'application/json': {
      schema: z.object({ error: z.string(), status: z.string().optional().describe('Of a 401: the same text again.') }),
    },
  },
};

/** The replies of every route of this dialect that fails, by status. */
const ollamaFailures = Object.fromEntries(
  ['400', '401', '403', '404', '409', '413', '415', '422', '429', '500', '503', 'default'].map((status) => [
    status,
    failure,
  ]),
);

/** The schema of a route in this dialect, for its description: bodies are read by `readBody`. */
export function ollamaSchema({ summary, description, body, reply, streams = false }: OllamaSchemaOptions) {
  const response: Record<number | string, DescribedReply> = {
    ...ollamaFailures,
    200: {
      description: 'Done',
      content: {
        'application/json': { schema: reply },
        ...(streams ? { 'application/x-ndjson': { schema: z.string() } } : {}),
      },
    },
  };
  return {
    tags: ['ollama'],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(body === undefined ? {} : { body: body.schema }),
    response,
  };
}
