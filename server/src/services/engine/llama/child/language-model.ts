import type { LlamaModel, Token } from 'node-llama-cpp';
import type { TrainingExample, TrainingRow } from '../../../../models/training-example.ts';
import type { Prompt } from '../../../../ports/engine.ts';
import type { ParentMessage } from '../messages.ts';
import { createAnswer } from './output/answer.ts';
import { createDetokenize } from './output/detokenize.ts';
import { grammarOf } from './sampling/grammar-of.ts';
import type { LoadContext } from './context/load-context.ts';
import { freeAdapter } from './context/native-adapter.ts';
import { nativeContextOf } from './context/native-context.ts';
import { batchTokens, openContext } from './context/open-context.ts';
import { PrefixCache } from './scheduling/prefix-cache.ts';
import type { PrefixStore } from './scheduling/prefix-store.ts';
import { createPromptForms } from './prompt/prompt.ts';
import { charactersOf } from './prompt/prompt-size.ts';
import { assertTokenizable } from './prompt/tokens-of-text.ts';
import { createScoring, rowOf } from './scheduling/row-score.ts';
import { createSampler } from './sampling/sampler.ts';
import { type CompletionOutput, Scheduler } from './scheduling/scheduler.ts';
import { createTextStream } from './output/text-stream.ts';
import { windowOf } from './prompt/token-window.ts';

export interface LanguageModel {
  readonly slots: number;
  readonly contextTokens: number;
  readonly contextBytes: number;
  generate(request: Extract<ParentMessage, { type: 'generate' }>): void;
  /** Of a prompt, in the form it is evaluated in; fails with `context_too_long` for one no call may wait for. */
  tokensOf(prompt: Prompt): number[];
  /** The prompt as it is evaluated, then the answer as it would be written. */
  rowOf(example: TrainingExample): TrainingRow;
  /** Weighs the answer of a row. Throws `context_too_long`. */
  score(request: Extract<ParentMessage, { type: 'score' }>): void;
  abort(id: number): void;
  dispose(): Promise<void>;
}

export async function openLanguageModel(
  model: LlamaModel,
  { load, threads, output, store }: LoadContext & { output: CompletionOutput; store: PrefixStore },
): Promise<LanguageModel> {
  const { context, slots, bytes: contextBytes, bytesPerToken } = await openContext(model, { load, threads });
  const guesses = !model.fileInsights.isRecurrent && !model.fileInsights.isHybrid;
  const native = nativeContextOf(context);
  const prefixes = new PrefixCache({ native, store, bytesPerToken, canForget: guesses });
  const scheduler = new Scheduler({
    native,
    slotCount: slots,
    batchTokens,
    guesses,
    prefixes,
    slotBytes: bytesPerToken * context.contextSize,
    threads,
    output,
  });
  const prompts = createPromptForms(model);
  return {
    slots,
    contextTokens: context.contextSize,
    contextBytes,
    generate({ id, prompt, sampling, format, topLogprobs, returnTokens = false, ...request }) {
      const { overflow = { type: 'reject' } } = request;
      const contextTokens = windowOf(request.contextTokens, context.contextSize);
      // A format begins at once: there is no room for thoughts before it.
      const asked = format !== undefined && prompt.type === 'chat' ? { ...prompt, think: false } : prompt;
      const form = prompts.fitted(asked, { contextTokens, overflow });
      const { tokens, endTokens, shownTokens, keep } = form;
      const grammar = grammarOf({ grammar: form.grammar, format });
      const drawing = { model, native, sampling, prompt: tokens, contextTokens, grammar, shownTokens, topLogprobs };
      const text = createTextStream({ detokenize: createDetokenize(model, shownTokens), stop: sampling.stop });
      scheduler.start({
        id,
        prompt: tokens,
        sampler: createSampler(drawing),
        answer: createAnswer(text, form.createReader()),
        maxTokens: sampling.maxTokens,
        contextTokens,
        returnTokens,
        keep,
        score: null,
        isEnd: (token) => endTokens.has(token) || model.isEogToken(token as Token),
      });
    },
    tokensOf(prompt) {
      assertTokenizable(charactersOf(prompt));
      return prompts.of(prompt).tokens;
    },
    rowOf: (example) => rowOf(example, { model, prompts }),
    score: ({ id, row }) =>
      scheduler.start(createScoring({ id, row, model, native, contextTokens: context.contextSize })),
    abort: (id) => scheduler.abort(id),
    async dispose() {
      prefixes.close();
      await context.dispose();
      if (load.adapterPath !== undefined) await freeAdapter(model, load.adapterPath);
    },
  };
}
