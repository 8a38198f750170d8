import type { Language } from '../../models/language.ts';
import type { ModelProfile, SamplingOptions } from '../../models/language-model.ts';
import type { PassageFilter } from '../../models/passage-filter.ts';
import { conversationOwner } from '../conversations/conversation-owner.ts';
import { permittedPassages } from '../auth/permitted-passages.ts';
import { detectLanguage } from '../retrieval/language.ts';
import type { CacheKey } from './answer-cache.ts';
import type { AskTools } from './ask-ports.ts';
import { memoryOf, recall, type Memory } from './conversation/memory.ts';
import { permittedModel } from './permitted-model.ts';
import { samplingFor, type AskContext, type Question } from './question.ts';
import { isSmallTalk } from './conversation/small-talk.ts';

/** A question with all that was decided before anything is searched. */
export interface Prepared {
  question: string;
  filter: PassageFilter;
  language: Language;
  /** null while no model is on this machine. */
  model: ModelProfile | null;
  /** The digest of the adapter over the model. */
  adapter: string | undefined;
  sampling: SamplingOptions;
  memory: Memory;
  isSmallTalk: boolean;
  cacheKey: CacheKey;
  /** `performance.now()`. */
  startedAt: number;
}

/** The permit stage: who may see what, with which model, in which conversation. */
export async function prepare(
  { text, collections, conversationId, history, model: requested, profile, actAs, ...asked }: Question,
  { principal }: AskContext,
  { conversations, recent, models, adapters, index }: AskTools,
): Promise<Prepared> {
  const startedAt = performance.now();
  const filter = permittedPassages(principal, { collections, actAs });
  const owner = conversationOwner(principal, actAs?.user ?? null);
  const [memory, model, { revision }] = await Promise.all([
    history === undefined ? recall(conversationId, owner, { conversations, recent }) : memoryOf(history, owner),
    profile ?? permittedModel(requested, principal, models),
    index.status(),
  ]);
  const adapter = asked.adapter ?? (model === null ? undefined : await adapters.over(model));
  const language = asked.language ?? languageOf(text, memory);
  const sampling = samplingFor(asked.sampling);
  const cacheKey = {
    question: text,
    history: memory.history,
    questions: memory.questions,
    filter,
    indexRevision: revision,
    model: model?.name ?? null,
    adapter,
    language,
    sampling,
  };
  return {
    question: text,
    filter,
    language,
    model,
    adapter,
    sampling,
    memory,
    isSmallTalk: isSmallTalk(text),
    cacheKey,
    startedAt,
  };
}

/** A text that says little about its language is in that of the conversation. */
function languageOf(text: string, memory: Memory): Language {
  const { language, certain } = detectLanguage(text);
  return certain ? language : (memory.language ?? language);
}
