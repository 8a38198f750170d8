import type { Job as JobBody } from '@billumy/protocol';
import { trainingPhases, type TrainingPhase } from '../../core/training/training-job.ts';
import type { Job } from '../../models/job.ts';
import type { Language } from '../../models/language.ts';
import { toFailureBody, translateWithin } from '../http/failure-body.ts';

export function toJobBody(job: Job, language: Language): JobBody {
  const { id, kind, progress, attempts, error, result, createdAt, updatedAt } = job;
  const { done, total, step } = progress;
  return {
    id,
    kind,
    status: statusOf(job),
    progress: { done, total, step, training: trainingOf(job) },
    attempts,
    error: error && toFailureBody(error, language),
    result: result && (translateWithin(result, language) as JobBody['result']),
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

/** A training that is under way says what it is at. */
function statusOf({ kind, status, progress: { step } }: Job): JobBody['status'] {
  return kind === 'train' && status === 'running' && isPhase(step) ? step : status;
}

function isPhase(step: string | null): step is TrainingPhase {
  return trainingPhases.some((phase) => phase === step);
}

function trainingOf({ progress: { figures } }: Job): JobBody['progress']['training'] {
  if (figures === undefined) return null;
  const figure = (name: string): number | null => figures[name] ?? null;
  return {
    loss: figure('loss'),
    validation_loss: figure('validationLoss'),
    tokens_per_second: figure('tokensPerSecond'),
    seconds_left: figure('secondsLeft'),
  };
}
