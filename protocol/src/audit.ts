import { z } from 'zod';
import { pageQuery, text, timestamp } from './common.ts';

export const auditActionSchema = z.enum([
  'session.login',
  'session.logout',
  'password.change',
  'user.create',
  'user.change',
  'user.delete',
  'key.create',
  'key.delete',
  'document.replace',
  'document.change',
  'document.delete',
  'training.start',
  'training.publish',
  'training.rollback',
  'training.delete',
  'model.download',
  'model.delete',
  'persona.create',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

export const auditQuery = pageQuery.extend({
  actor: text(64).min(1).optional().describe('The id or name of an account, or the id of a key.'),
  action: auditActionSchema.optional(),
  since: timestamp.optional(),
});
export type AuditQuery = z.input<typeof auditQuery>;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: timestamp,
    actor: z
      .object({
        user_id: z.string(),
        username: z.string().describe('As it was then.'),
        key_id: z.string().nullable().describe('null: logged in with a password.'),
      })
      .nullable()
      .describe('null: a login that failed, or the service itself.'),
    action: auditActionSchema,
    subject: z.string().nullable().describe('The id or name of what it was done to.'),
    outcome: z
      .enum(['ok', 'refused', 'throttled', 'failed'])
      .describe('What does not succeed is noted once a minute, however often it is tried.'),
    address: z.string().nullable().describe('null behind a proxy, whose own log knows it.'),
    request_id: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({ items: z.array(auditEntrySchema), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPageSchema>;
