import {
  type documentChangeSchema,
  documentFields,
  type AddedDocuments as AddedDocumentsBody,
  type Document as DocumentBody,
  type NewDocument,
} from '@billumy/protocol';
import { z } from 'zod';
import type { AddedDocuments } from '../../core/knowledge/adding/added-documents.ts';
import { readerListOf, type ReaderList } from '../../core/knowledge/readers.ts';
import type { DocumentDescription, DocumentUpload } from '../../core/knowledge/adding/upload.ts';
import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Document } from '../../models/document.ts';
import { toJobBody } from './job-bodies.ts';
import { findJsonFault } from '../http/text-checks.ts';
import type { FormFile } from '../http/upload-form.ts';
import type { Language } from '../../models/language.ts';
import { toFailureBody } from '../http/failure-body.ts';
import { toIssues } from '../http/zod-issues.ts';

export function toDocumentBody(document: Document, language: Language): DocumentBody {
  return {
    id: document.id,
    collection: document.collection,
    title: document.title,
    media_type: document.mediaType,
    file_name: document.fileName,
    metadata: { ...document.metadata },
    readers: toReadersBody(readerListOf(document.readers)),
    revision: document.revision,
    latest_revision: document.latestRevision,
    status: document.status,
    error: document.error && toFailureBody(document.error, language),
    sha256: document.contentHash,
    bytes: document.bytes,
    passages: document.passageCount,
    pages: document.pageCount,
    language: document.language,
    created_at: document.createdAt.toISOString(),
    updated_at: document.updatedAt.toISOString(),
  };
}

function toReadersBody(list: ReaderList): DocumentBody['readers'] {
  return list && { users: [...list.users], groups: [...list.groups] };
}

export function toAddedBody({ documents, rejected, job }: AddedDocuments, language: Language): AddedDocumentsBody {
  return {
    job: toJobBody(job, language),
    documents: documents.map((document) => toDocumentBody(document, language)),
    rejected: rejected.map(({ fileName, ...failure }) => ({
      file_name: fileName,
      ...toFailureBody(failure, language),
    })),
  };
}

/** A document that was sent as text. */
export function toTextUpload({ text, title, metadata, collection, readers }: NewDocument): DocumentUpload {
  return {
    bytes: new TextEncoder().encode(text),
    declared: 'text/plain',
    fileName: null,
    title,
    metadata,
    collection,
    readers: toReaderList(readers),
  };
}

/** A file of a form, described by the fields of the form. */
export function toFileUpload({ bytes, contentType, fileName, fields }: FormFile): DocumentUpload {
  const { title, metadata, collection, readers } = readFormFields(fields);
  const upload = { bytes, declared: contentType, fileName, title, metadata, collection };
  return { ...upload, readers: toReaderList(readers) };
}

/** What was said of a document, without its content. */
export function toDescription({ readers, ...change }: z.output<typeof documentChangeSchema>): DocumentDescription {
  return { ...change, readers: toReaderList(readers) };
}

function toReaderList(readers: NewDocument['readers']): ReaderList | undefined {
  return readers && { users: readers.users ?? [], groups: readers.groups ?? [] };
}

const formFieldsSchema = z.strictObject(documentFields);

/** The fields of a form: `metadata` and `readers` are JSON. Rejects with `invalid_request` and each wrong field. */
function readFormFields(fields: ReadonlyMap<string, string>): z.output<typeof formFieldsSchema> {
  const values = [...fields].map(([name, value]): [string, unknown] =>
    name === 'metadata' || name === 'readers' ? [name, parseField(name, value)] : [name, value],
  );
  const result = formFieldsSchema.safeParse(Object.fromEntries(values));
  if (result.success) return result.data;
  const issues = toIssues(result.error);
  throw new AppError('invalid_request', { detail: told`Correct the fields of the form: see "issues".`, issues });
}

function parseField(name: string, value: string): unknown {
  const fault = findJsonFault(value, name);
  if (fault === undefined) return JSON.parse(value);
  throw new AppError('invalid_request', {
    detail: told`Correct the fields of the form: see "issues".`,
    issues: [fault],
  });
}
