import type { LlamaModel } from 'node-llama-cpp';
import type { Prompt } from '../../../../ports/engine.ts';
import type { ParentMessage } from '../messages.ts';
import type { ChatForm } from './chat/chat-form.ts';
import { createChatPrompt } from './chat-prompt.ts';
import { EngineFailure } from './engine-failure.ts';
import type { LoadContext } from './models.ts';
import { createNativeSampler, nativeContextOf } from './native-context.ts';
import { batchTokens, openContext } from './open-context.ts';
import { type CompletionOutput, Scheduler } from './scheduler.ts';
import { createTextStream } from './text-stream.ts';

export interface LanguageModel {
  readonly slots: number;
  readonly contextTokens: number;
  readonly contextBytes: number;
  generate(request: Extract<ParentMessage, { type: 'generate' }>): void;
  /** Of a prompt, in the form it is evaluated in. */
  countTokens(prompt: Prompt): number;
  abort(id: number): void;
  dispose(): Promise<void>;
}

const largestSeed = 2 ** 32 - 1;

export async function openLanguageModel(
  model: LlamaModel,
  { load, threads, output }: LoadContext & { output: CompletionOutput },
): Promise<LanguageModel> {
  const { context, slots, bytes: contextBytes } = await openContext(model, { load, threads });
  const guesses = !model.fileInsights.isRecurrent && !model.fileInsights.isHybrid;
  const native = nativeContextOf(context);
  const scheduler = new Scheduler({
    native,
    slotCount: slots,
    contextTokens: context.contextSize,
    batchTokens,
    guesses,
    threads,
    output,
  });
  const chatPrompt = createChatPrompt(model);
  const promptOf = (asked: Prompt): ChatForm => {
    if (asked.type !== 'chat') throw new EngineFailure('model_incapable', 'This model takes messages only.');
    return chatPrompt(asked);
  };
  return {
    slots,
    contextTokens: context.contextSize,
    contextBytes,
    generate({ id, prompt: asked, sampling }) {
      const { tokens: prompt, endTokens } = promptOf(asked);
      if (prompt.length >= context.contextSize) {
        const detail = `The prompt has ${prompt.length} tokens; this model takes ${context.contextSize - 1}.`;
        throw new EngineFailure('context_too_long', detail);
      }
      const sampler = createNativeSampler(model);
      const { temperature, topK, topP, seed } = sampling;
      sampler.applyConfig({ temperature, topK, topP, seed: seed ?? Math.floor(Math.random() * largestSeed) });
      scheduler.start({
        id,
        prompt,
        sampler,
        text: createTextStream({
          detokenize: (tokens, before) => model.detokenize(tokens as never, false, before as never),
          stop: sampling.stop,
        }),
        maxTokens: sampling.maxTokens,
        isEnd: (token) => endTokens.has(token) || model.isEogToken(token as never),
      });
    },
    countTokens: (asked) => promptOf(asked).tokens.length,
    abort: (id) => scheduler.abort(id),
    dispose: () => context.dispose(),
  };
}
