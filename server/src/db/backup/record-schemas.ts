import { z } from 'zod';
import { errorCatalogue, type ErrorCode } from '../../errors/catalogue.ts';
import { keptToldSchema } from '../../errors/told-schema.ts';
import { auditActions, auditOutcomes } from '../../models/audit-entry.ts';
import type { ArchiveKind, ArchiveRecords } from '../../models/archive.ts';
import type { Message } from '../../models/conversation.ts';
import type { ParsedDocument } from '../../models/document.ts';
import { dialects, scopes } from '../../models/principal.ts';
import { chatMessages, count, hash, id, time } from './record-fields.ts';
import { trainingSchemas } from './training-schemas.ts';

/** Documents name files by it. */
const documentId = z.string().regex(/^doc_[0-9a-f]{2,}$/);
const names = z.array(z.string());
const object = z.record(z.string(), z.unknown());
const errorCode = z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]);
const failure = z.strictObject({ code: errorCode, detail: keptToldSchema.nullable() });

/** What the product only hands on, or reads with care, is kept as it is. */
const answer = z.looseObject({ id, text: z.string() }) as unknown as z.ZodType<NonNullable<Message['answer']>>;

const message = z.strictObject({
  id,
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  createdAt: time,
  rewritten: z.string().nullable(),
  answer: answer.nullable(),
  feedback: z
    .strictObject({
      rating: z.enum(['up', 'down']),
      comment: z.string().nullable(),
      correction: z.string().nullable(),
      createdAt: time,
    })
    .nullable(),
});

const revision = z.strictObject({
  collection: z.string(),
  title: z.string().nullable(),
  mediaType: z.string(),
  fileName: z.string().nullable(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  readers: names.min(1),
  contentHash: hash,
  bytes: count,
  textHash: hash.nullable(),
});

const document = z
  .strictObject({
    id: documentId,
    ownerId: id,
    revision: count,
    identity: hash,
    passageCount: count,
    pageCount: count.nullable(),
    language: z.enum(['pt', 'en']).nullable(),
    status: z.enum(['processing', 'ready', 'failed']),
    error: failure.nullable(),
    processing: z.array(z.number().int().positive()),
    revisions: z.array(revision).min(1),
    createdAt: time,
    updatedAt: time,
  })
  .refine(({ revision: inForce, processing, revisions }) => Math.max(inForce, ...processing) <= revisions.length, {
    message: 'names a revision that is not there',
  });

/** What a line of a backup holds, by kind. */
export const recordSchemas: { [K in ArchiveKind]: z.ZodType<ArchiveRecords[K]> } = {
  secrets: z.strictObject({ name: id, value: z.base64() }),
  users: z.strictObject({
    id,
    username: z.string().min(1),
    role: z.enum(['admin', 'member']),
    groups: names,
    passwordHash: z.string(),
    sessionVersion: z.number().int(),
    disabled: z.boolean(),
    createdAt: time,
  }),
  'api-keys': z.strictObject({
    id,
    userId: id,
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    collections: names.nullable(),
    models: names.nullable(),
    dialects: z.array(z.enum(dialects)).nullable(),
    requestsPerMinute: count.nullable(),
    tokensPerDay: count.nullable(),
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable(),
    createdAt: time,
    secretHash: z.string(),
  }),
  'refresh-tokens': z.strictObject({
    hash: z.string().min(1),
    familyId: id,
    userId: id,
    sessionVersion: z.number().int(),
    expiresAt: time,
    usedAt: time.nullable(),
  }),
  personas: z.strictObject({
    name: z.string().min(1),
    base: z.string().nullable(),
    adapter: z.string().nullable(),
    system: z.string().nullable(),
    template: z.string().nullable(),
    parameters: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), names])),
    messages: chatMessages,
    licence: names,
    knowledge: z.strictObject({ collections: names.nullable() }).nullable(),
    pinned: z.boolean(),
    insights: z.boolean().default(false),
    createdAt: time,
    updatedAt: time,
  }),
  conversations: z.strictObject({
    id,
    ownerId: id,
    endUser: z.string().nullable(),
    keyId: z.string().nullable().default(null),
    title: z.string(),
    createdAt: time,
    updatedAt: time,
  }),
  turns: z.strictObject({
    conversationId: id,
    number: z.number().int().positive(),
    question: message,
    answer: message,
  }),
  documents: document,
  jobs: z.strictObject({
    id,
    kind: z.enum(['ingest', 'train', 'embed', 'insight']),
    ownerId: id,
    status: z.enum(['queued', 'running', 'paused', 'succeeded', 'failed', 'cancelled', 'rejected']),
    payload: object,
    progress: z.strictObject({
      done: count,
      total: count,
      step: z.string().nullable(),
      figures: z.record(z.string(), z.number()).exactOptional(),
      checkpoint: object,
    }),
    attempts: count,
    error: failure.nullable(),
    result: object.nullable(),
    createdAt: time,
    updatedAt: time,
  }),
  ...trainingSchemas,
  usage: z.strictObject({
    day: z.iso.date(),
    userId: id,
    keyId: id.nullable(),
    model: z.string(),
    requests: count,
    promptTokens: count,
    cachedTokens: count,
    completionTokens: count,
  }),
  audit: z.strictObject({
    id,
    at: time,
    actor: z.strictObject({ userId: id, username: z.string(), keyId: id.nullable() }).nullable(),
    action: z.enum(auditActions),
    subject: z.string().nullable(),
    outcome: z.enum(auditOutcomes),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
  }),
  responses: z.strictObject({
    id,
    ownerId: id,
    conversation: z.string(),
    messages: chatMessages,
    body: object,
    createdAt: time,
  }),
  replies: z.strictObject({
    key: id,
    fingerprint: z.string(),
    claimedAt: time,
    reply: z.strictObject({ status: z.number().int(), headers: z.record(z.string(), z.string()), body: z.string() }),
  }),
};

/** The text of a revision. */
export const textSchema: z.ZodType<ParsedDocument> = z.strictObject({
  title: z.string().nullable(),
  text: z.string(),
  sections: z.array(z.strictObject({ start: count, path: names })),
  pages: z.array(z.strictObject({ start: count, number: count })),
});
