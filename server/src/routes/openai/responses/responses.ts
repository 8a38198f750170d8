import { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import { verbatim } from '../../../errors/told.ts';
import { beginCompletion, nameModel, type StartedPart } from '../../dialects/begin-completion.ts';
import { eventStreamHeartbeat, eventStreamMediaType, frame } from '../../http/event-stream.ts';
import { signalOf } from '../../http/in-flight.ts';
import type { App } from '../../http/route.ts';
import { sendText } from '../../http/text-stream.ts';
import { sendJson } from '../../dialects/send-json.ts';
import { type OpenAiParts } from '../chat/parts.ts';
import { openAiSchema } from '../route-schema.ts';
import type { ResponseEvent } from './item-writers.ts';
import { responseSchema } from './response-body.ts';
import { assertSupported, responseRequestSchema } from './response-request.ts';
import { openTurn, type Turn } from './turn.ts';

const responseParams = z.strictObject({ id: z.string().min(1).max(200) });
const deletedSchema = z.object({ id: z.string(), object: z.literal('response'), deleted: z.literal(true) });
const access = { scope: 'ask' } as const;

/** `POST /v1/responses`, whose replies can be gone on from, and `GET` and `DELETE /v1/responses/{id}`. */
export function responseRoutes(scope: App, parts: OpenAiParts): void {
  const { completions, responses } = parts;
  scope.post(
    '/responses',
    {
      config: { access, idempotency: false },
      schema: {
        body: responseRequestSchema,
        ...openAiSchema({
          summary: 'Write a response, and keep it',
          description: 'Beyond OpenAI: `options`, `num_ctx`, `keep_alive`, `format.grammar`; `citations` in messages.',
          reply: responseSchema,
          streams: true,
        }),
      },
    },
    async (request, reply) => {
      const { body } = request;
      assertSupported(body);
      const context = { principal: request.principal, signal: signalOf(request) };
      const turn = await openTurn(body, context, parts);
      const started = await beginCompletion(completions.complete(turn.request, context));
      nameModel(reply, started.model);
      const { writer } = turn;
      if (body.stream !== true) {
        for await (const part of started.parts) writer.write(part);
        await turn.keep();
        return sendJson(reply, writer.body);
      }
      const number = numberEvents();
      return sendText(reply, {
        request,
        chunks: toFrames(started.parts, { turn, number }),
        mediaType: eventStreamMediaType,
        heartbeat: { text: eventStreamHeartbeat },
        failure: (problem) => number(writer.fail(problem)),
      });
    },
  );
  scope.get(
    '/responses/:id',
    {
      config: { access },
      schema: {
        params: responseParams,
        ...openAiSchema({ summary: 'A response that was kept', reply: responseSchema }),
      },
    },
    async ({ principal, params: { id } }, reply) => {
      const stored = await responses.find(id, principal.userId);
      if (stored === undefined) throw noSuchResponse(id);
      return sendJson(reply, stored.body);
    },
  );
  scope.delete(
    '/responses/:id',
    {
      config: { access },
      schema: { params: responseParams, ...openAiSchema({ summary: 'Forget a response', reply: deletedSchema }) },
    },
    async ({ principal, params: { id } }, reply) => {
      if (!(await responses.delete(id, principal.userId))) throw noSuchResponse(id);
      return sendJson(reply, { id, object: 'response', deleted: true });
    },
  );
}

type Numbered = (events: readonly ResponseEvent[]) => string;

function numberEvents(): Numbered {
  let count = 0;
  return (events) =>
    events
      .map(({ type, ...data }) => frame({ event: type, data: { type, sequence_number: count++, ...data } }))
      .join('');
}

/** A response is kept before the client hears that it is whole: the next request may name it at once. */
async function* toFrames(
  parts: AsyncIterable<StartedPart>,
  { turn: { writer, keep }, number }: { turn: Turn; number: Numbered },
): AsyncGenerator<string> {
  yield number(writer.begin());
  for await (const part of parts) {
    const events = writer.write(part);
    if (part.type === 'finish') await keep();
    if (events.length > 0) yield number(events);
  }
}

function noSuchResponse(id: string): AppError {
  return new AppError('not_found', { detail: verbatim(`Response with id '${id}' not found.`) });
}
