import { sendJson } from '../../dialects/send-json.ts';
import { nameModel } from '../../dialects/begin-completion.ts';
import { signalOf } from '../../http/in-flight.ts';
import type { App } from '../../http/route.ts';
import { beginChoices } from '../chat/choices.ts';
import { completionReplySchema, toCompletionLines, toCompletionReply } from './completions-reply.ts';
import { completionRequestSchema, toPrompted } from './completions-request.ts';
import { newReplyId, type OpenAiParts } from '../chat/parts.ts';
import { openAiSchema } from '../route-schema.ts';
import { sendLines } from '../stream-lines.ts';
import { wholeChoices } from '../chat/whole-choice.ts';

/** `POST /v1/completions`: of a model, text goes on as it is; a persona answers it. */
export function completionRoutes(scope: App, { completions, personas, now }: OpenAiParts): void {
  scope.post(
    '/completions',
    {
      config: { access: { scope: 'ask' }, idempotency: false },
      schema: {
        body: completionRequestSchema,
        ...openAiSchema({
          summary: 'Continue a text, or fill the gap before `suffix`',
          reply: completionReplySchema,
          streams: true,
        }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const context = { principal: request.principal, signal: signalOf(request) };
      const prompted = await toPrompted(body, { completions, personas, context });
      const requests = prompted.map((one) => one.request);
      const { model, parts } = await beginChoices(completions, requests, context);
      nameModel(reply, model);
      const options = {
        identity: { id: newReplyId('cmpl'), created: now(), model: body.model },
        prompts: prompted.map(({ prompt }) => prompt),
        perPrompt: body.n ?? 1,
        logprobs: typeof body.logprobs === 'number',
      };
      if (body.stream === true) {
        const includeUsage = body.stream_options?.include_usage === true;
        return sendLines(reply, { request, lines: toCompletionLines(parts, { ...options, includeUsage }) });
      }
      return sendJson(reply, toCompletionReply(await wholeChoices(parts, requests.length), options));
    },
  );
}
