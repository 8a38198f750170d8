import multipart from '@fastify/multipart';
import {
  addedDocumentsSchema,
  documentChangeSchema,
  documentParamsSchema,
  documentSchema,
  newDocumentSchema,
  type NewDocument,
} from '@billumy/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { AddedDocument, AddedDocuments } from '../core/knowledge/adding/added-documents.ts';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import type { DocumentUpload } from '../core/knowledge/adding/upload.ts';
import { hasEnded } from '../core/knowledge/ingestion/wait-for-job.ts';
import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import { toAddedBody, toDescription, toDocumentBody, toFileUpload, toTextUpload } from './bodies/document-bodies.ts';
import { documentReadingRoutes } from './document-reading.ts';
import { signalOf } from './http/in-flight.ts';
import { waitPreference, type WaitPreference } from './http/prefer.ts';
import type { App } from './http/route.ts';
import { readUploadForm } from './http/upload-form.ts';
import { readerLanguage } from './http/reader-language.ts';

const tags = ['documents'];
const mayWrite = { access: { scope: 'ingest' } } as const;
/** A small document is ready long before; a large one is told of by its job. */
const defaultWaitMs = 2_000;

const file = { type: 'string', format: 'binary' };
const described = {
  title: { type: 'string' },
  collection: { type: 'string' },
  metadata: { type: 'string', description: 'A JSON object.' },
  readers: { type: 'string', description: 'JSON: `{"users": [], "groups": []}`' },
};
const form = { type: 'object', required: ['file'], properties: { file, ...described } };
const forms = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'array', items: file, description: 'One or several.' }, ...described },
};

/** Everything under `/documents`, and `/collections`. */
export function documentRoutes(knowledge: Knowledge): (app: App) => void {
  return (app) => {
    documentReadingRoutes(app, knowledge);
    void app.register(async (plain) => {
      const scope = plain.withTypeProvider<ZodTypeProvider>();
      await scope.register(multipart);
      addingRoute(scope, knowledge);
      changingRoutes(scope, knowledge);
    });
  };
}

function addingRoute(app: App, knowledge: Knowledge): void {
  app.post(
    '/documents',
    {
      config: { ...mayWrite, form: forms },
      bodyLimit: knowledge.maxFileBytes,
      schema: {
        tags,
        summary: 'Add documents: one as JSON, or one or several files',
        description:
          '201 with the document when there is one and it was read soon enough (`Prefer: wait=<seconds>` or `respond-async`), 200 when it was there already; else 202 with a job, named in `Location`.',
        body: newDocumentSchema.nullish(),
        response: { 200: documentSchema, 201: documentSchema, 202: addedDocumentsSchema },
      },
    },
    async (request, reply) => {
      const preference = waitPreference(request, defaultWaitMs);
      const wait = { waitMs: preference.waitMs, signal: signalOf(request) };
      const { first, more } = await takeFirst(uploadsOf(request, knowledge.maxFileBytes));
      if (more === null) return answerOne(reply, await knowledge.add(request.principal, first, wait), preference);
      const added = await knowledge.addMany(request.principal, more, wait);
      preference.confirm(reply);
      return answerLater(reply, added);
    },
  );
}

function changingRoutes(app: App, knowledge: Knowledge): void {
  app.put(
    '/documents/:id',
    {
      config: { ...mayWrite, form, audit: 'document.replace' },
      bodyLimit: knowledge.maxFileBytes,
      schema: {
        tags,
        summary: 'Replace a document in one step',
        description: 'What is not mentioned stays. 200 with the document, or 202 while the new revision is read.',
        params: documentParamsSchema,
        body: newDocumentSchema.nullish(),
        response: { 200: documentSchema, 202: addedDocumentsSchema },
      },
    },
    async (request, reply) => {
      const preference = waitPreference(request, defaultWaitMs);
      const { id } = request.params;
      // Before its body is read: whoever may not change it learns so at once.
      await knowledge.get(request.principal, id);
      const upload = await takeOnly(uploadsOf(request, knowledge.maxFileBytes));
      const wait = { waitMs: preference.waitMs, signal: signalOf(request) };
      const replaced = await knowledge.replace(request.principal, { id, upload }, wait);
      return answerOne(reply, { ...replaced, isNew: false }, preference);
    },
  );
  app.patch(
    '/documents/:id',
    {
      config: { ...mayWrite, audit: 'document.change' },
      schema: {
        tags,
        summary: 'Change title, metadata, collection or readers of a document',
        description: 'As replacing it with the file that it has. 200 with the document, or 202 while it is read again.',
        params: documentParamsSchema,
        body: documentChangeSchema,
        response: { 200: documentSchema, 202: addedDocumentsSchema },
      },
    },
    async (request, reply) => {
      const preference = waitPreference(request, defaultWaitMs);
      const wait = { waitMs: preference.waitMs, signal: signalOf(request) };
      const change = { id: request.params.id, description: toDescription(request.body) };
      const changed = await knowledge.describe(request.principal, change, wait);
      return answerOne(reply, { ...changed, isNew: false }, preference);
    },
  );
  app.delete(
    '/documents/:id',
    {
      config: { ...mayWrite, audit: 'document.delete' },
      schema: {
        tags,
        summary: 'Delete a document from every answer, with its file and texts',
        params: documentParamsSchema,
        response: { 204: z.void() },
      },
    },
    async ({ principal, params: { id } }, reply) => {
      await knowledge.delete(principal, id);
      return reply.status(204).send();
    },
  );
}

function answerOne(reply: FastifyReply, added: AddedDocument, preference: WaitPreference): FastifyReply {
  const { document, isNew, job } = added;
  preference.confirm(reply);
  if (job !== null && !hasEnded(job)) return answerLater(reply, { documents: [document], rejected: [], job });
  void reply.header('location', `/documents/${document.id}`);
  return reply.status(isNew ? 201 : 200).send(toDocumentBody(document, readerLanguage(reply)));
}

function answerLater(reply: FastifyReply, added: AddedDocuments): FastifyReply {
  void reply.header('location', `/training/jobs/${added.job.id}`);
  return reply.status(202).send(toAddedBody(added, readerLanguage(reply)));
}

async function* uploadsOf(
  request: FastifyRequest & { body: NewDocument | null | undefined },
  maxFileBytes: number,
): AsyncGenerator<DocumentUpload> {
  if (request.isMultipart()) {
    for await (const each of readUploadForm(request, maxFileBytes)) yield toFileUpload(each);
    return;
  }
  const { body } = request;
  if (body === null || body === undefined) throw new AppError('invalid_request', { detail: told`Send a document.` });
  yield toTextUpload(body);
}

async function takeOnly(uploads: AsyncGenerator<DocumentUpload>): Promise<DocumentUpload> {
  const { first, more } = await takeFirst(uploads);
  if (more === null) return first;
  await uploads.return(undefined);
  throw new AppError('invalid_request', { detail: told`Send one file.` });
}

/** Looks whether one document was sent or several; with one, `more` is null. */
async function takeFirst(
  uploads: AsyncGenerator<DocumentUpload>,
): Promise<{ first: DocumentUpload; more: AsyncIterable<DocumentUpload> | null }> {
  const first = await uploads.next();
  if (first.done === true) throw new AppError('invalid_request', { detail: told`Send at least one file.` });
  const second = await uploads.next();
  if (second.done === true) return { first: first.value, more: null };
  const all = async function* (): AsyncGenerator<DocumentUpload> {
    try {
      yield* [first.value, second.value];
      yield* uploads;
    } finally {
      await uploads.return(undefined);
    }
  };
  return { first: first.value, more: all() };
}
