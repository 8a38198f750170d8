import { z } from 'zod';

export interface DialectSchemaOptions {
  summary: string;
  description?: string;
  /** When it succeeds. */
  reply: z.ZodType;
  /** Whether the reply may also be a stream of events. */
  streams?: boolean;
}

const statuses = ['400', '401', '403', '404', '409', '413', '415', '422', '429', '503', 'default'];

/** What the schema of a route says beside what it takes, in a dialect whose errors have bodies of their own. */
export function dialectSchema(tag: string, errors: z.ZodType) {
  const failure = {
    description: errors.description ?? 'What went wrong',
    content: { 'application/json': { schema: errors } },
  };
  const failures = Object.fromEntries(statuses.map((status) => [status, failure]));
  return ({ summary, description, reply, streams = false }: DialectSchemaOptions) => ({
    tags: [tag],
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
  });
}
