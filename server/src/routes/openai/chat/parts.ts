import { randomUUID } from 'node:crypto';
import type { Completions } from '../../../core/completions/completions.ts';
import type { UsableModels } from '../../../core/completions/usable-models.ts';
import type { Personas } from '../../../core/personas/personas.ts';
import type { TrainingFiles } from '../../../core/training/training-files.ts';
import type { Training } from '../../../core/training/training.ts';
import type { ResponseStore } from '../../../ports/response-store.ts';

/** What the routes of this dialect speak to. */
export interface OpenAiParts {
  completions: Completions;
  personas: Pick<Personas, 'find'>;
  models: UsableModels;
  responses: ResponseStore;
  training: Training;
  trainingFiles: TrainingFiles;
  now(): Date;
}

/** An id in the form that clients know: `chatcmpl-9f86d081884c7d659a2feaa0c55ad015`. */
export function newReplyId(prefix: string): string {
  return `${prefix}-${randomUUID().replaceAll('-', '')}`;
}
