import { accounts } from './001-accounts.ts';
import { documents } from './002-documents.ts';
import { conversations } from './003-conversations.ts';
import { jobs } from './004-jobs.ts';
import { idempotency } from './005-idempotency.ts';
import { personas } from './006-personas.ts';
import { usage } from './007-usage.ts';
import { responses } from './008-responses.ts';
import { training } from './009-training.ts';
import { insights } from './010-insights.ts';
import { audit } from './011-audit.ts';
import { conversationKeys } from './012-conversation-keys.ts';

/** In order, for ever: a step that was released is never changed, only followed. */
export const migrations: readonly string[] = [
  accounts,
  documents,
  conversations,
  jobs,
  idempotency,
  personas,
  usage,
  responses,
  training,
  insights,
  audit,
  conversationKeys,
];
