import type { CompletionRequest, Completions } from '../../core/completions/completions.ts';
import type { App } from '../http/route.ts';
import { sendCompletion, sendLoaded, type ReplyForm } from './completion-reply.ts';
import type { GoBody } from './go/types.ts';
import { inContext, type OllamaErrorContext } from './ollama-error.ts';
import type { ollamaSchema } from './ollama-schema.ts';
import { readOptions } from './options.ts';
import { readBody } from './read-body.ts';
import type { Settings } from './request-settings.ts';

/** How one of the requests that let a model write is read, and what its replies look like. */
export interface CompletionForm<Body> {
  url: '/api/generate' | '/api/chat';
  schema: ReturnType<typeof ollamaSchema>;
  struct: GoBody<Body>;
  contextOf(body: Body): OllamaErrorContext;
  /** Throws Ollama's errors. */
  check(body: Body): void;
  /** Nothing is to be written: the model is loaded, or unloaded. */
  onlyLoads(body: Body): boolean;
  toCompletion(body: Body): CompletionRequest;
  toReplyForm(body: Body, now: () => Date): ReplyForm;
}

export function completionRoute<Body extends Settings>(
  { url, schema, struct, contextOf, check, onlyLoads, toCompletion, toReplyForm }: CompletionForm<Body>,
  { completions, now }: { completions: Completions; now: () => Date },
): (scope: App) => void {
  return (scope) => {
    scope.post(url, { config: { access: { scope: 'ask' }, idempotency: false }, schema }, async (request, reply) => {
      const body = readBody(request, struct);
      const { keep_alive: keepAliveMs = null, stream = true } = body;
      const form = toReplyForm(body, now);
      const context = contextOf(body);
      return inContext(context, async () => {
        check(body);
        if (onlyLoads(body)) {
          readOptions(body.options);
          return sendLoaded(reply, { request, completions, keepAliveMs, form });
        }
        const completion = toCompletion(body);
        return sendCompletion(reply, { request, completions, completion, stream, form, context });
      });
    });
  };
}
