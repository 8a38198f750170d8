import type { Cache } from '../../ports/cache.ts';
import type { ConversationStore } from '../../ports/conversation-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { AdaptersInForce } from '../training/adapters-in-force.ts';
import type { Metering } from '../usage/metering.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { RecentMessages } from './conversation/recent-messages.ts';
import type { CountTokens } from './token-counts.ts';

export interface AskPorts {
  retrieval: Retrieval;
  engine: Engine;
  models: LanguageModels;
  conversations: ConversationStore;
  cache: Cache;
  adapters: Pick<AdaptersInForce, 'over'>;
  index: Pick<SearchIndex, 'status'>;
  metering: Metering;
  now: () => Date;
}

/** What the stages need, besides the question. */
export type AskTools = Omit<AskPorts, 'cache'> & {
  answers: AnswerCache;
  recent: RecentMessages;
  countTokens: CountTokens;
};
