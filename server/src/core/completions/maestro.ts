import { createHash } from 'node:crypto';
import type { ChatMessage } from '../../models/language-model.ts';
import type { Cache } from '../../ports/cache.ts';
import { assessDifficulty, type Difficulty } from './difficulty.ts';
import type { CallContext, CompletionPrompt } from './completions.ts';

/** Which model answers which difficulty. */
export type MaestroRoutes = Readonly<Record<Difficulty, string>>;

export interface Choice {
  model: string;
  difficulty: Difficulty;
  reasons: readonly string[];
}

/** Chooses the model for a prompt; the same one for all prompts of a conversation. */
export interface Maestro {
  choose(prompt: CompletionPrompt, context: CallContext & { conversation: string | undefined }): Promise<Choice>;
}

export interface MaestroPorts {
  routes: MaestroRoutes;
  cache: Cache;
  /** Asks a small model how difficult a question is; undefined when it does not say. */
  judge?: ((question: string, signal: AbortSignal) => Promise<Difficulty | undefined>) | undefined;
}

const rememberedMs = 60 * 60 * 1000;

export function createMaestro({ routes, cache, judge }: MaestroPorts): Maestro {
  return {
    async choose(prompt, { principal, signal, conversation }) {
      const key = `maestro:${principal.userId}:${conversation ?? beginningOf(prompt)}`;
      const earlier = hasHistory(prompt) || conversation !== undefined ? await cache.get(key) : undefined;
      if (isDifficulty(earlier)) {
        return { model: routes[earlier], difficulty: earlier, reasons: ['as before in this conversation'] };
      }
      const assessed = assessDifficulty(prompt);
      const judged = await judge?.(lastWords(prompt), signal);
      const difficulty = judged ?? assessed.difficulty;
      await cache.set(key, difficulty, rememberedMs);
      const reasons = judged === undefined ? assessed.reasons : ['a model judged it'];
      return { model: routes[difficulty], difficulty, reasons };
    },
  };
}

function isDifficulty(text: string | undefined): text is Difficulty {
  return text === 'simple' || text === 'medium' || text === 'complex';
}

/** Clients that keep the conversation themselves send its beginning again each time: by that it is known. */
function beginningOf(prompt: CompletionPrompt): string {
  const firstUser = messagesOf(prompt).findIndex(({ role }) => role === 'user');
  const beginning = messagesOf(prompt).slice(0, firstUser + 1);
  return createHash('sha256')
    .update(JSON.stringify(beginning.map(({ role, text }) => [role, text])))
    .digest('hex');
}

function hasHistory(prompt: CompletionPrompt): boolean {
  return messagesOf(prompt).some(({ role }) => role === 'assistant');
}

function messagesOf(prompt: CompletionPrompt): readonly ChatMessage[] {
  if (prompt.type === 'chat') return prompt.messages;
  return [{ role: 'user', text: textOf(prompt) }];
}

function textOf(prompt: Exclude<CompletionPrompt, { type: 'chat' }>): string {
  return prompt.type === 'infill' ? prompt.before : prompt.text;
}

/** What is asked now. */
export function lastWords(prompt: CompletionPrompt): string {
  return messagesOf(prompt).findLast(({ role }) => role === 'user')?.text ?? '';
}
