import { sendJson } from '../../dialects/send-json.ts';
import { chatReplySchema, toChatReply, type ReplyIdentity } from './chat-reply.ts';
import { chatRequestSchema, toCompletionRequests } from './chat-request.ts';
import { toChatLines } from './chat-stream.ts';
import { beginChoices, type ChoicePart } from './choices.ts';
import { nameModel } from '../../dialects/begin-completion.ts';
import { signalOf } from '../../http/in-flight.ts';
import type { App } from '../../http/route.ts';
import { newReplyId, type OpenAiParts } from './parts.ts';
import { openAiSchema } from '../route-schema.ts';
import { sendLines } from '../stream-lines.ts';
import { wholeChoices } from './whole-choice.ts';

/** `POST /v1/chat/completions`. */
export function chatRoutes(scope: App, { completions, now }: OpenAiParts): void {
  scope.post(
    '/chat/completions',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: chatRequestSchema,
        ...openAiSchema({
          summary: 'Continue a chat',
          description: 'Beyond OpenAI: `options`, `num_ctx`, `keep_alive`, `format.grammar`; `citations` in messages.',
          reply: chatReplySchema,
          streams: true,
        }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const requests = toCompletionRequests(body);
      const context = { principal: request.principal, signal: signalOf(request) };
      const { model, parts: all } = await beginChoices(completions, requests, context);
      nameModel(reply, model);
      const parts = body.parallel_tool_calls === false ? oneCallEach(all) : all;
      const identity: ReplyIdentity = { id: newReplyId('chatcmpl'), created: now(), model: body.model };
      const count = requests.length;
      const logprobs = body.logprobs === true;
      if (body.stream === true) {
        const includeUsage = body.stream_options?.include_usage === true;
        return sendLines(reply, { request, lines: toChatLines(parts, { identity, count, includeUsage, logprobs }) });
      }
      return sendJson(reply, toChatReply(await wholeChoices(parts, count), identity, { logprobs }));
    },
  );
}

/** Without the calls after the first of each choice. */
async function* oneCallEach(parts: AsyncIterable<ChoicePart>): AsyncGenerator<ChoicePart> {
  const called = new Set<number>();
  for await (const choice of parts) {
    if (choice.part.type === 'tool-call' && called.has(choice.index)) continue;
    if (choice.part.type === 'tool-call') called.add(choice.index);
    yield choice;
  }
}
