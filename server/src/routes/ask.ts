import { answerSchema, askRequestSchema } from '@billumy/protocol';
import { z } from 'zod';
import type { Ask } from '../core/ask/ask.ts';
import type { Question } from '../core/ask/question.ts';
import type { AnswerPart } from '../models/answer.ts';
import { toAnswerBody, toAnswerEvent } from './bodies/answer-bodies.ts';
import { sendEvents, type ServerEvent } from './http/event-stream.ts';
import { signalOf } from './http/in-flight.ts';
import type { App } from './http/route.ts';

/** `POST /ask/question`: an answer from documents, whole or as it comes into being. */
export function askRoutes(ask: Ask): (app: App) => void {
  return (app) => {
    app.post(
      '/ask/question',
      {
        config: { access: { scope: 'ask' } },
        schema: {
          tags: ['ask'],
          summary: 'Ask a question',
          description:
            'With `stream`, the events `sources`, `text-delta`, `citation` and, last, `finish` with the whole answer; `error` may come at any time.',
          body: askRequestSchema,
          response: {
            200: {
              description: 'The answer, or the reason why there is none.',
              content: {
                'application/json': { schema: answerSchema },
                'text/event-stream': { schema: z.string() },
              },
            },
          },
        },
      },
      async (request, reply) => {
        const { stream, trace } = request.body;
        const question = toQuestion(request.body);
        const context = { principal: request.principal, signal: signalOf(request) };
        if (stream) return sendEvents(reply, { request, events: toEvents(ask.ask(question, context), { trace }) });
        const answer = await ask.answer(question, context);
        return reply.type('application/json').send(toAnswerBody(answer, { trace }));
      },
    );
  };
}

function toQuestion({ question, options = {}, ...body }: z.output<typeof askRequestSchema>): Question {
  return {
    text: question,
    collections: body.collections,
    conversationId: body.conversation_id,
    model: body.model,
    language: body.language,
    actAs: body.act_as,
    sampling: {
      ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
      ...(options.top_p === undefined ? {} : { topP: options.top_p }),
      ...(options.top_k === undefined ? {} : { topK: options.top_k }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.max_tokens === undefined ? {} : { maxTokens: options.max_tokens }),
      ...(options.stop === undefined ? {} : { stop: options.stop }),
    },
  };
}

async function* toEvents(parts: AsyncIterable<AnswerPart>, options: { trace: boolean }): AsyncGenerator<ServerEvent> {
  for await (const part of parts) {
    const { type, ...data } = toAnswerEvent(part, options);
    yield { event: type, data };
  }
}
