import type { Job } from '../../../models/job.ts';
import type { Principal } from '../../../models/principal.ts';
import type { NewJob } from '../../../ports/job-queue.ts';
import type { KeptRequest } from '../insight-request.ts';

/** The payload of a job that looks for insights while nobody waits. */
export interface InsightPayload {
  reportId: string;
  request: KeptRequest;
  /** With the rights that whoever asked had then. */
  principal: Principal;
}

export function insightJob(payload: InsightPayload): NewJob {
  return { kind: 'insight', ownerId: payload.principal.userId, payload: { ...payload }, total: 0 };
}

export function insightPayload({ payload }: Pick<Job, 'payload'>): InsightPayload {
  return payload as unknown as InsightPayload;
}
