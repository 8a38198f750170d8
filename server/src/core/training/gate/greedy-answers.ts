import { greedySampling, type ChatMessage } from '../../../models/language-model.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';

export interface GreedyRequest {
  model: string;
  adapter?: string | undefined;
  prompts: readonly { messages: readonly ChatMessage[]; maxTokens: number }[];
}

export interface GreedyAnswer {
  text: string;
  /** Whether it ended by itself. */
  isWhole: boolean;
}

/** Answers that are written at once: the places of a model are for others, too. */
const mostAtOnce = 4;

/** What a model answers without any chance in it, in the order of the prompts. */
export async function greedyAnswers(
  engine: Engine,
  { model, adapter, prompts }: GreedyRequest,
  { signal, caller }: CallOptions,
): Promise<GreedyAnswer[]> {
  const failure = new AbortController();
  const call = { caller, signal: AbortSignal.any([signal, failure.signal]) };
  const answers: GreedyAnswer[] = [];
  const waiting = prompts.entries();
  const work = async (): Promise<void> => {
    for (const [index, { messages, maxTokens }] of waiting) {
      const prompt = { type: 'chat', messages, think: false } as const;
      const sampling = { ...greedySampling, maxTokens };
      let text = '';
      let isWhole = false;
      for await (const part of engine.generate({ model, adapter, prompt, sampling }, call)) {
        if (part.type === 'text-delta') text += part.delta;
        if (part.type === 'finish') isWhole = part.reason === 'stop';
      }
      answers[index] = { text, isWhole };
    }
  };
  try {
    await Promise.all(Array.from({ length: mostAtOnce }, work));
  } finally {
    failure.abort();
  }
  return answers;
}
