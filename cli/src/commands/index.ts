import type { Command } from '../command.ts';
import { ask } from './ask.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { doctor } from './doctor.ts';
import { documents } from './documents.ts';
import { ingest } from './ingest.ts';
import { insights } from './insights.ts';
import { login } from './login.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { rollback } from './rollback.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';
import { train } from './train.ts';
import { versions } from './versions.ts';

export const commands: readonly Command[] = [
  serve,
  login,
  ask,
  ingest,
  documents,
  insights,
  train,
  versions,
  rollback,
  status,
  audit,
  doctor,
  backup,
  restore,
  migrate,
];
