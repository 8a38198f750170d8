import type { Answer, AnswerPart } from '../../models/answer.ts';
import { createAnswerCache } from './answer-cache.ts';
import { answerFromCache, answerFromSources, introduce } from './answer-question.ts';
import type { AskPorts, AskTools } from './ask-ports.ts';
import { prepare } from './prepare.ts';
import type { AskContext, Question } from './question.ts';
import { createRecentMessages } from './conversation/recent-messages.ts';
import { createTokenCounts } from './token-counts.ts';

/** Answers questions from documents. */
export interface Ask {
  /**
   * The answer as it comes into being: `sources` first, `finish` last. Throws `forbidden` or `scope_missing` for what
   * the principal may not use, `not_found` for a conversation that is not theirs, `model_unknown`, `quota_exceeded`,
   * and whatever retrieval throws: nothing is ever answered from a model's memory.
   */
  ask(question: Question, context: AskContext): AsyncIterable<AnswerPart>;
  /** The same, waited for. */
  answer(question: Question, context: AskContext): Promise<Answer>;
}

export function createAsk({ cache, ...ports }: AskPorts): Ask {
  const tools: AskTools = {
    ...ports,
    answers: createAnswerCache(cache),
    recent: createRecentMessages(ports.conversations, cache),
    countTokens: createTokenCounts(ports.engine),
  };
  const ask: Ask = {
    async *ask(question, context) {
      await tools.metering.assertTokensLeft(context.principal);
      const prepared = await prepare(question, context, tools);
      if (prepared.isSmallTalk) return yield* introduce(prepared, tools);
      const cached = await tools.answers.find(prepared.cacheKey);
      if (cached !== undefined) return yield* answerFromCache(prepared, cached, tools);
      return yield* answerFromSources(prepared, context, tools);
    },
    async answer(question, context) {
      for await (const part of ask.ask(question, context)) {
        if (part.type === 'finish') return part.answer;
      }
      throw new Error('an answer ended without its finish');
    },
  };
  return ask;
}
