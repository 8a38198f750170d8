import type { TrainingExample } from '../../../models/training-example.ts';
import type { CallOptions, Engine } from '../../../ports/engine.ts';
import { saysItDoesNotKnow } from '../../ask/grounding/not-knowing.ts';
import { greedyAnswers } from '../gate/greedy-answers.ts';
import { neutralPrompts } from './neutral-prompts.ts';

/** A longer answer was cut, and is not learned. */
const longestAnswer = 160;

/**
 * What the base itself answers to prompts that have to do with no document; not where it says that it does not know, for
 * new examples are there to change that.
 */
export async function ownAnswers(
  { engine, model, count }: { engine: Engine; model: string; count: number },
  call: CallOptions,
): Promise<TrainingExample[]> {
  const asked = spread(neutralPrompts, count).map((text) => [{ role: 'user', text }] as const);
  const prompts = asked.map((messages) => ({ messages, maxTokens: longestAnswer }));
  const answers = await greedyAnswers(engine, { model, prompts }, call);
  return asked.flatMap((prompt, index) => {
    const { text = '', isWhole = false } = answers[index] ?? {};
    const isKept = isWhole && text.trim() !== '' && !saysItDoesNotKnow(text);
    return isKept ? [{ prompt, answer: text.trim() }] : [];
  });
}

/** So many of the items, evenly, so that both languages are among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  const size = Math.min(count, items.length);
  return Array.from({ length: size }, (_, place) => items[Math.floor((place * items.length) / size)] as T);
}
