import type { Db } from 'mongodb';
import { accounts } from './001-accounts.ts';
import { replies } from './002-replies.ts';
import { personas } from './003-personas.ts';
import { usage } from './004-usage.ts';
import { documents } from './005-documents.ts';
import { conversations } from './006-conversations.ts';
import { jobs } from './007-jobs.ts';
import { sweeps } from './008-sweeps.ts';
import { feedback } from './009-feedback.ts';
import { training } from './010-training.ts';
import { insights } from './011-insights.ts';
import { audit } from './012-audit.ts';

/** One step of the schema. Making it again does no harm: a crash may cut it off. */
export type Migration = (database: Db) => Promise<void>;

/** In order, for ever: a step that was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  accounts,
  replies,
  personas,
  usage,
  documents,
  conversations,
  jobs,
  sweeps,
  feedback,
  training,
  insights,
  audit,
];
