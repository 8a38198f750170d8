import type { GateCheck, Job, JobStatus, TrainingVersion } from '@billumy/protocol';
import type { Page } from 'playwright-core';

export const jobId = 'job_9e6ac6c5bde1f485df7fd285876d3709';
export const versionId = 'ver_1c0e52b7f0a94d0c8f5b7b3f6d0f5a11';

const created = '2026-11-30T09:52:57.648Z';
const totalSteps = 102;
const stepsOfAnEpoch = 17;

/** A training at a step, with numbers as those of the bundled model are. */
export function jobAt(step: number, status: JobStatus = 'running'): Job {
  const epoch = Math.floor(step / stepsOfAnEpoch);
  return {
    id: jobId,
    kind: 'train',
    status,
    progress: {
      done: step,
      total: totalSteps,
      step: status,
      training: {
        loss: 5.4 * 0.95 ** step + (step % 5) * 0.05,
        validation_loss: epoch === 0 ? null : 5.2 * 0.55 ** epoch + 0.4,
        tokens_per_second: 128.77194016219022,
        seconds_left: (totalSteps - step) * 3.5,
      },
    },
    attempts: 1,
    error: null,
    result: null,
    created_at: created,
    updated_at: created,
  };
}

export const acceptedChecks: GateCheck[] = [
  { name: 'heldOutNll', before: 5.953, after: 0.1402, limit: 5.655, passed: true },
  { name: 'replayNll', before: 0.0123, after: 0.0188, limit: 0.0323, passed: true },
  { name: 'taughtExact', before: 0, after: 1, limit: 0.5, passed: true },
  { name: 'heldOutExact', before: 0, after: 0.75, limit: null, passed: true },
  { name: 'retrieval', before: 98, after: 97, limit: 96, passed: true },
];

export const rejectedChecks: GateCheck[] = acceptedChecks.map((check) =>
  check.name === 'retrieval' ? { ...check, after: 71, passed: false } : check,
);

/** The training when it has ended with these measures. */
export function endedJob(checks: GateCheck[]): Job {
  const accepted = checks.every(({ passed }) => passed);
  return {
    ...jobAt(totalSteps, accepted ? 'succeeded' : 'rejected'),
    result: {
      version: versionId,
      base_model: 'nano',
      accepted,
      published: false,
      gate: checks,
      examples: 24,
      examples_sha256: 'ab'.repeat(32),
      sets_left_out: 0,
      warnings: [{ path: 'line 3', message: 'says the same as another one' }],
      documents: null,
    },
  };
}

export function versionWith(checks: GateCheck[], changed: Partial<TrainingVersion> = {}): TrainingVersion {
  return {
    id: versionId,
    base_model: 'nano',
    base_sha256: 'cd'.repeat(32),
    adapter: `sha256:${'ef'.repeat(32)}`,
    bytes: 1_204_224,
    job: jobId,
    owner: 'usr_1',
    data: { sets: ['set_1'], examples: 24, sha256: 'ab'.repeat(32), sets_left_out: 0 },
    gate: { accepted: checks.every(({ passed }) => passed), checks },
    override: null,
    in_force: false,
    created_at: created,
    ...changed,
  };
}

/** Answers whoever follows the job with these states of it, one after the other. */
export async function tellOf(page: Page, jobs: readonly Job[]): Promise<void> {
  const body = jobs.map((job) => `event: progress\ndata: ${JSON.stringify(job)}\n\n`).join('');
  await page.route(`**/training/jobs/${jobId}/events`, (route) =>
    route.fulfill({ contentType: 'text/event-stream', body }),
  );
}
