import { greedySampling } from '../../models/language-model.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Difficulty } from './difficulty.ts';

const instruction =
  'How difficult is it to answer this? Reply with one word: simple (a fact, a greeting), medium (an explanation), ' +
  'complex (analysis, comparison, several steps, data).';
const longestQuestion = 4000;
const longestWaitMs = 2000;

/** Asks a small model; undefined when it does not say in time: then the signs in the question decide. */
export function createJudge({ engine, model }: { engine: Pick<Engine, 'generate'>; model: string }) {
  return async (question: string, signal: AbortSignal): Promise<Difficulty | undefined> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)]);
    try {
      const word = await firstWord(engine, { model, question, signal: limit });
      return (['simple', 'medium', 'complex'] as const).find((difficulty) => difficulty === word);
    } catch (error) {
      if (signal.aborted) throw error;
      return undefined;
    }
  };
}

async function firstWord(
  engine: Pick<Engine, 'generate'>,
  { model, question, signal }: { model: string; question: string; signal: AbortSignal },
): Promise<string> {
  let written = '';
  const parts = engine.generate(
    {
      model,
      prompt: {
        type: 'chat',
        messages: [
          { role: 'system', text: instruction },
          { role: 'user', text: question.slice(0, longestQuestion).toWellFormed() },
        ],
      },
      sampling: { ...greedySampling, maxTokens: 4 },
      format: { type: 'grammar', grammar: 'root ::= "simple" | "medium" | "complex"' },
    },
    { signal },
  );
  for await (const part of parts) if (part.type === 'text-delta') written += part.delta;
  return written.trim();
}
