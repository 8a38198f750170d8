import { z } from 'zod';
import type { Completions } from '../../core/completions/completions.ts';
import { newId } from '../../models/new-id.ts';
import { beginCompletion, nameModel, type StartedPart } from '../dialects/begin-completion.ts';
import { dialectSchema } from '../dialects/dialect-schema.ts';
import { parseLargeJson } from '../dialects/large-json.ts';
import { sendJson } from '../dialects/send-json.ts';
import { eventStreamMediaType, frame } from '../http/event-stream.ts';
import { signalOf } from '../http/in-flight.ts';
import type { App } from '../http/route.ts';
import { sendText } from '../http/text-stream.ts';
import { anthropicError, anthropicErrorSchema, sendAnthropicError } from './anthropic-error.ts';
import { messageReplySchema, newMessage } from './message-reply.ts';
import { countRequestSchema, messageRequestSchema, toCompletionRequest, toPrompt } from './message-request.ts';
import { createMessageWriter, type MessageEvent, type MessageWriter } from './message-writer.ts';

export interface AnthropicParts {
  completions: Completions;
}

/**
 * The part of the server that speaks as Anthropic does: `/v1/messages` and everything under it. Whatever goes wrong
 * there, also before a route is reached, is told in Anthropic's way.
 */
export function anthropicRoutes(parts: AnthropicParts): (app: App) => void {
  return (app) => {
    void app.register(
      async (scope: App) => {
        scope.setErrorHandler((error, request, reply) => sendAnthropicError(reply, { error, request }));
        scope.setNotFoundHandler(() => undefined);
        scope.addHook('onRequest', async (request, reply) => void reply.header('request-id', request.id));
        parseLargeJson(scope);
        messageRoute(scope, parts);
        countRoute(scope, parts);
      },
      { prefix: '/v1/messages' },
    );
  };
}

const access = { scope: 'ask' } as const;
const anthropicSchema = dialectSchema('anthropic', anthropicErrorSchema);
const heartbeat = frame({ event: 'ping', data: { type: 'ping' } });

function messageRoute(scope: App, { completions }: AnthropicParts): void {
  scope.post(
    '',
    {
      config: { access, idempotency: false },
      schema: {
        body: messageRequestSchema,
        ...anthropicSchema({ summary: 'Write the next message of a chat', reply: messageReplySchema, streams: true }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const context = { principal: request.principal, signal: signalOf(request) };
      const { model, parts } = await beginCompletion(completions.complete(toCompletionRequest(body), context));
      nameModel(reply, model);
      const oneCall = body.tool_choice?.disable_parallel_tool_use === true;
      const writer = createMessageWriter(newMessage(newId('msg'), body.model), { oneCall });
      if (body.stream !== true) {
        for await (const part of parts) writer.write(part);
        return sendJson(reply, writer.message);
      }
      return sendText(reply, {
        request,
        chunks: toFrames(parts, writer),
        mediaType: eventStreamMediaType,
        heartbeat: { text: heartbeat },
        failure: (problem) => toFrame(anthropicError(problem, request.id)),
      });
    },
  );
}

function countRoute(scope: App, { completions }: AnthropicParts): void {
  scope.post(
    '/count_tokens',
    {
      config: { access, idempotency: false },
      schema: {
        body: countRequestSchema,
        ...anthropicSchema({ summary: 'How many tokens a chat has', reply: z.object({ input_tokens: z.int() }) }),
      },
    },
    async (request, reply) => {
      const context = { principal: request.principal, signal: signalOf(request) };
      return sendJson(reply, { input_tokens: await completions.countPrompt(toPrompt(request.body), context) });
    },
  );
}

async function* toFrames(parts: AsyncIterable<StartedPart>, writer: MessageWriter): AsyncGenerator<string> {
  yield writer.begin().map(toFrame).join('');
  for await (const part of parts) {
    const events = writer.write(part);
    if (events.length > 0) yield events.map(toFrame).join('');
  }
}

function toFrame(event: MessageEvent): string {
  return frame({ event: event.type, data: event });
}
