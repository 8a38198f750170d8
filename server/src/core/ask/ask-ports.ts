import type { Principal } from '../../models/principal.ts';
import type { Cache } from '../../ports/cache.ts';
import type { ConversationStore } from '../../ports/conversation-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { Retrieval } from '../retrieval/retrieval.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { CountTokens } from './token-counts.ts';

export interface AskPorts {
  retrieval: Retrieval;
  engine: Engine;
  models: LanguageModels;
  conversations: ConversationStore;
  cache: Cache;
  index: Pick<SearchIndex, 'status'>;
  /** Tokens a key may use in a day. */
  quota?: TokenQuota;
  now: () => Date;
}

/** See `core/auth/quotas.ts`. */
export interface TokenQuota {
  /** Rejects with `quota_exceeded`. */
  assertTokensLeft(principal: Principal): Promise<void>;
  chargeTokens(principal: Principal, tokens: number): Promise<void>;
}

/** What the stages need, besides the question. */
export type AskTools = Omit<AskPorts, 'cache'> & { answers: AnswerCache; countTokens: CountTokens };
