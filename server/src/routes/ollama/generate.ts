import { z } from 'zod';
import type { CompletionPrompt, CompletionRequest, Completions } from '../../core/completions/completions.ts';
import type { App } from '../http/route.ts';
import { toolCallFields, type ReplyForm } from './completion-reply.ts';
import { completionRoute, type CompletionForm } from './completion-route.ts';
import { imagesType } from './field-types.ts';
import { goBody, goBool, goInt, goList, goString } from './go/types.ts';
import { ollamaError, type OllamaErrorContext } from './ollama-error.ts';
import { ollamaSchema } from './ollama-schema.ts';
import { keptTokensOf, readOptions } from './options.ts';
import { assertTopLogprobs, settingFields, toRequestSettings } from './request-settings.ts';

const generateRequest = goBody('GenerateRequest', {
  model: goString,
  prompt: goString,
  suffix: goString,
  system: goString,
  template: goString,
  context: goList(goInt, '[]int'),
  raw: goBool,
  images: imagesType,
  ...settingFields,
});

type GenerateRequest = ReturnType<(typeof generateRequest)['decode']>;

const schema = ollamaSchema({
  summary: 'Complete a prompt, as Ollama does',
  description: 'Streams by default: objects, one per line. Without a prompt the model is loaded, or unloaded.',
  body: generateRequest,
  reply: z.looseObject({
    model: z.string(),
    created_at: z.iso.datetime(),
    response: z.string(),
    done: z.boolean(),
  }),
  streams: true,
});

/** `POST /api/generate` */
export function generateRoute(completions: Completions, now: () => Date): (scope: App) => void {
  const form: CompletionForm<GenerateRequest> = {
    url: '/api/generate',
    schema,
    struct: generateRequest,
    contextOf,
    check,
    onlyLoads: ({ prompt = '' }) => prompt === '',
    toCompletion,
    toReplyForm,
  };
  return completionRoute(form, { completions, now });
}

function contextOf({ model, shift, suffix = '', template = '' }: GenerateRequest): OllamaErrorContext {
  return {
    model,
    task: 'generate',
    mayNotShift: shift === false,
    hasTemplate: template !== '',
    needs: suffix === '' ? undefined : 'insert',
  };
}

function toCompletion(body: GenerateRequest): CompletionRequest {
  const { model = '', truncate = true, shift = true } = body;
  const keep = keptTokensOf(readOptions(body.options));
  return {
    ...toRequestSettings(body),
    model,
    prompt: toPrompt(body),
    overflow: truncate && shift ? { type: 'cut-middle', keep } : { type: 'reject' },
    returnTokens: body.raw !== true,
  };
}

function toPrompt({ prompt = '', suffix = '', raw = false, ...body }: GenerateRequest): CompletionPrompt {
  if (suffix !== '') return { type: 'infill', before: prompt, after: suffix };
  if (raw) return { type: 'raw', text: prompt };
  return {
    type: 'question',
    text: prompt,
    images: body.images,
    system: body.system === '' ? undefined : body.system,
    template: body.template === '' ? undefined : body.template,
    before: body.context,
    think: body.think ?? null,
  };
}

function check(body: GenerateRequest): void {
  if ((body.model ?? '') === '') throw ollamaError(404, `model '' not found`);
  assertTopLogprobs(body);
  assertRawAlone(body);
}

function assertRawAlone(body: GenerateRequest): void {
  const { raw = false, template = '', system = '', context = [], images = [] } = body;
  if (raw && (template !== '' || system !== '' || context.length > 0)) {
    throw ollamaError(400, 'raw mode does not support template, system, or context');
  }
  if (raw && images.length > 0) throw ollamaError(400, 'raw mode does not support images');
}

function toReplyForm({ model = '' }: GenerateRequest, now: () => Date): ReplyForm {
  return {
    model,
    now,
    fieldsOf: ({ text = '', thinking = '', toolCalls }) => ({
      response: text,
      ...(thinking === '' ? {} : { thinking }),
      ...toolCallFields(toolCalls),
    }),
    lastFieldsOf: ({ tokens = [] }) => (tokens.length === 0 ? {} : { context: tokens }),
  };
}
