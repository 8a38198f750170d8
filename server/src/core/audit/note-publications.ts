import type { Publications } from '../training/publications.ts';
import type { AuditTrail } from './audit-trail.ts';

/** The same, and what the service publishes by itself, after a training, is noted. */
export function notePublications(publications: Publications, { note }: Pick<AuditTrail, 'note'>): Publications {
  return {
    ...publications,
    async publish(version, by) {
      const answers = await publications.publish(version, by);
      if (answers) {
        const deed = { action: 'training.publish', subject: version.id, outcome: 'ok' } as const;
        await note({ ...deed, actor: null, address: null, requestId: null });
      }
      return answers;
    },
  };
}
