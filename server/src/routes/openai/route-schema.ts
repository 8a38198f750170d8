import { z } from 'zod';
import { openAiErrorSchema } from './openai-error.ts';

export interface DialectSchemaOptions {
  summary: string;
  description?: string;
  /** When it succeeds. */
  reply: z.ZodType;
  /** Whether the reply may also be a stream of events. */
  streams?: boolean;
}

const failure = {
  description: 'What went wrong, as OpenAI tells it',
  content: { 'application/json': { schema: openAiErrorSchema } },
};
const statuses = ['400', '401', '403', '404', '409', '413', '415', '422', '429', '503', 'default'];
const failures = Object.fromEntries(statuses.map((status) => [status, failure]));

/** What the schema of a route in this dialect says beside what it takes. */
export function openAiSchema({ summary, description, reply, streams = false }: DialectSchemaOptions) {
  return {
    tags: ['openai'],
    summary,
    ...(description === undefined ? {} : { description }),
    response: {
      ...failures,
      200: {
        description: 'Done',
        content: {
          'application/json': { schema: reply },
          ...(streams ? { 'text/event-stream': { schema: z.string() } } : {}),
        },
      },
    },
  };
}
