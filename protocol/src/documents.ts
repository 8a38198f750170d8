import { z } from 'zod';
import { collectionName, pageQuery, text, timestamp } from './common.ts';
import { jobSchema } from './jobs.ts';

export const documentStatusSchema = z.enum(['processing', 'ready', 'failed']);

const names = z.array(text(64).min(1)).max(100).default([]);

/** Who may see a document; null: everyone with access to its collection. Whoever adds it is always among them. */
export const readersSchema = z.strictObject({ users: names, groups: names }).nullable();

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/** What the sender wants to be kept with the document. */
export const metadataSchema = z
  .record(
    text(64)
      .min(1)
      .refine((name) => !forbiddenNames.has(name), 'must have another name'),
    z.union([text(1_000), z.number(), z.boolean()]),
  )
  .refine((metadata) => Object.keys(metadata).length <= 50, 'must have at most 50 entries');

export const documentTitle = text(200).refine((value) => value.trim() !== '', 'must not be empty');

/** What describes a document beside its content. */
export const documentFields = {
  title: documentTitle.optional().describe('Absent: the title found in the file, else its name.'),
  metadata: metadataSchema.optional(),
  collection: collectionName.optional().describe('Absent: `default`, or the only collection of the key.'),
  readers: readersSchema.optional().describe('Absent or null: everyone with access to the collection.'),
};

/** A document as text; files are sent as `multipart/form-data`. */
export const newDocumentSchema = z
  .strictObject({ text: text(20_000_000).min(1), ...documentFields })
  .meta({ id: 'NewDocument' });
export type NewDocument = z.input<typeof newDocumentSchema>;

/** What can be changed of a document without sending its content again. */
export const documentChangeSchema = z
  .strictObject(documentFields)
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'DocumentChange' });
export type DocumentChange = z.input<typeof documentChangeSchema>;

export const documentSchema = z
  .object({
    id: z.string(),
    collection: z.string(),
    title: z.string(),
    media_type: z.string(),
    file_name: z.string().nullable(),
    metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    readers: z
      .object({ users: z.array(z.string()), groups: z.array(z.string()) })
      .nullable()
      .describe('null: everyone with access to the collection.'),
    revision: z.int().describe('The revision that answers come from; 0 until the first one is ready.'),
    latest_revision: z.int().describe('Larger than `revision` while it is read, or when it could not be read.'),
    status: documentStatusSchema.describe('Of the latest revision.'),
    error: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
    sha256: z.string().describe('Of the original bytes of the latest revision.'),
    bytes: z.int(),
    passages: z.int().describe('Of the revision that answers come from.'),
    pages: z.int().nullable(),
    language: z.enum(['pt', 'en']).nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Document' });
export type Document = z.infer<typeof documentSchema>;

/** Several documents, or one that is still being read: `job` tells how far it is. */
export const addedDocumentsSchema = z
  .object({
    job: jobSchema,
    documents: z.array(documentSchema),
    rejected: z
      .array(z.object({ file_name: z.string().nullable(), code: z.string(), detail: z.string().nullable() }))
      .describe('Files that were not kept because they are never read.'),
  })
  .meta({ id: 'AddedDocuments' });
export type AddedDocuments = z.infer<typeof addedDocumentsSchema>;

export const documentPageQuery = pageQuery.extend({
  collection: collectionName.optional(),
  status: documentStatusSchema.optional(),
});

export const documentPageSchema = z.object({ items: z.array(documentSchema), next: z.string().nullable() });
export type DocumentPage = z.infer<typeof documentPageSchema>;

export const documentParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const contentQuery = z.strictObject({
  revision: z.coerce.number().int().min(1).max(1_000_000_000).optional().describe('Absent: the one in force.'),
  format: z.enum(['text', 'original']).default('text').describe('`original`: the file as it was sent, as a download.'),
});

/** The text that citations point into: every `start` is a UTF-16 offset into `text`. */
export const documentContentSchema = z
  .object({
    id: z.string(),
    revision: z.int(),
    title: z.string(),
    text: z.string(),
    sections: z.array(z.object({ start: z.int(), path: z.array(z.string()).describe('Headings, outermost first.') })),
    pages: z.array(z.object({ start: z.int(), number: z.int() })),
  })
  .meta({ id: 'DocumentContent' });
export type DocumentContent = z.infer<typeof documentContentSchema>;

export const collectionPageSchema = z.object({
  items: z.array(
    z.object({ name: z.string(), documents: z.int().describe('Those that the token may see.') }).meta({
      id: 'Collection',
    }),
  ),
  next: z.string().nullable(),
});
export type CollectionPage = z.infer<typeof collectionPageSchema>;

export const passageQuery = z.strictObject({
  revision: contentQuery.shape.revision,
  limit: pageQuery.shape.limit,
  after: z.coerce.number().int().min(0).max(10_000_000).optional().describe('The `next` of the page before.'),
});

/** How the text of a document was cut for searching. */
export const passagePageSchema = z
  .object({
    items: z.array(
      z.object({
        number: z.int().min(1),
        section: z.array(z.string()).describe('Headings above it, outermost first.'),
        page: z.int().nullable(),
        start: z.int().describe('UTF-16 offset into the text of the revision.'),
        end: z.int(),
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: 'PassagePage' });
export type PassagePage = z.infer<typeof passagePageSchema>;
