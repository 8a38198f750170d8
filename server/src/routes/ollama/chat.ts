import { z } from 'zod';
import type { CompletionRequest, Completions } from '../../core/completions/completions.ts';
import type { App } from '../http/route.ts';
import { messagesType, toMessage, toolsType, toTool } from './chat-messages.ts';
import { toolCallFields, type ReplyForm } from './completion-reply.ts';
import { completionRoute, type CompletionForm } from './completion-route.ts';
import { goBody, goString } from './go/types.ts';
import { ollamaError } from './ollama-error.ts';
import { ollamaSchema } from './ollama-schema.ts';
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
  const form: CompletionForm<ChatRequest> = {
    url: '/api/chat',
    schema,
    struct: chatRequest,
    contextOf: ({ model }) => ({ model, task: 'chat' }),
    check,
    onlyLoads: ({ messages = [] }) => messages.length === 0,
    toCompletion,
    toReplyForm,
  };
  return completionRoute(form, { completions, now });
}

function check({ model = '', ...settings }: ChatRequest): void {
  if (model === '') throw ollamaError(400, 'model is required');
  assertTopLogprobs(settings);
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

function toReplyForm({ model = '' }: ChatRequest, now: () => Date): ReplyForm {
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
