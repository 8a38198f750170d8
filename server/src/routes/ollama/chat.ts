import { z } from 'zod';
import type { CompletionRequest, Completions } from '../../core/completions/completions.ts';
import type { App } from '../route.ts';
import { messagesType, toMessage, toolsType, toTool } from './chat-messages.ts';
import { sendCompletion, sendLoaded, toolCallFields, type ReplyForm } from './completion-reply.ts';
import { goBody, goString } from './go/types.ts';
import { inContext, ollamaError } from './ollama-error.ts';
import { ollamaSchema } from './ollama-schema.ts';
import { readOptions } from './options.ts';
import { readBody } from './read-body.ts';
import { assertTopLogprobs, settingFields, toRequestSettings } from './request-settings.ts';

const chatRequest = goBody('ChatRequest', {
  model: goString,
  messages: messagesType,
  tools: toolsType,
  ...settingFields,
});

type ChatRequest = ReturnType<(typeof chatRequest)['decode']>;

const schema = ollamaSchema({
  summary: 'The next message of a chat, as Ollama writes it',
  description: 'Streams by default: objects, one per line. Without messages the model is loaded, or unloaded.',
  body: chatRequest,
  reply: z.looseObject({
    model: z.string(),
    created_at: z.iso.datetime(),
    message: z.looseObject({ role: z.literal('assistant'), content: z.string() }),
    done: z.boolean(),
  }),
  streams: true,
});

/** `POST /api/chat` */
export function chatRoute(completions: Completions, now: () => Date): (scope: App) => void {
  return (scope) => {
    scope.post(
      '/api/chat',
      { config: { access: { scope: 'ask' }, idempotency: false }, schema },
      async (request, reply) => {
        const body = readBody(request, chatRequest);
        const { model = '', messages = [], keep_alive: keepAliveMs = null } = body;
        const form = formOf(body, now);
        const context = { model, task: 'chat' } as const;
        return inContext(context, async () => {
          if (model === '') throw ollamaError(400, 'model is required');
          assertTopLogprobs(body);
          if (messages.length === 0) {
            readOptions(body.options);
            return sendLoaded(reply, { request, completions, keepAliveMs, form });
          }
          const completion = toCompletion(body);
          const stream = body.stream ?? true;
          return sendCompletion(reply, { request, completions, completion, stream, form, context });
        });
      },
    );
  };
}

function toCompletion(body: ChatRequest): CompletionRequest {
  const { model = '', messages = [], tools = [], truncate = true, think = null } = body;
  return {
    ...toRequestSettings(body),
    model,
    prompt: {
      type: 'chat',
      messages: messages.map(toMessage),
      tools: tools.length === 0 ? undefined : tools.map(toTool),
      think,
    },
    overflow: truncate ? { type: 'drop-messages' } : { type: 'reject' },
  };
}

function formOf({ model = '' }: ChatRequest, now: () => Date): ReplyForm {
  return {
    model,
    now,
    fieldsOf: ({ text = '', thinking = '', toolCalls }) => ({
      message: {
        role: 'assistant',
        content: text,
        ...(thinking === '' ? {} : { thinking }),
        ...toolCallFields(toolCalls),
      },
    }),
  };
}
