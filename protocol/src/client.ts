import { answerEventSchemas, answerSchema, type Answer, type AnswerEvent, type AskRequest } from './ask.ts';
import {
  createdApiKeySchema,
  tokensSchema,
  type CreatedApiKey,
  type LoginRequest,
  type NewApiKey,
  type Tokens,
} from './auth.ts';
import { eventValue, type Connection } from './connection.ts';
import {
  addedDocumentsSchema,
  documentContentSchema,
  documentPageSchema,
  documentSchema,
  type AddedDocuments,
  type Document,
  type DocumentContent,
  type DocumentPage,
} from './documents.ts';
import { jobSchema, type Job } from './jobs.ts';
import { inForceSchema, trainingVersionPageSchema, type TrainingVersionPage, type VersionInForce } from './training.ts';

/** Logs in with a password; rejects with `ProblemError` `invalid_credentials` or `too_many_attempts`. */
export async function logIn(connection: Connection, request: LoginRequest): Promise<Tokens> {
  return tokensSchema.parse(await connection.json('/auth/login', { method: 'POST', body: request }));
}

/** Exchanges a refresh token for new tokens; it works once. */
export async function refreshTokens(connection: Connection, refreshToken: string): Promise<Tokens> {
  const body = { refresh_token: refreshToken };
  return tokensSchema.parse(await connection.json('/auth/refresh', { method: 'POST', body }));
}

/** Asks and waits for the whole answer. */
export async function ask(connection: Connection, request: AskRequest): Promise<Answer> {
  const body = { ...request, stream: false };
  return answerSchema.parse(await connection.json('/ask/question', { method: 'POST', body }));
}

/** Asks and gives the answer while it is written; throws `ProblemError` when an error comes in the middle. */
export async function* readAnswer(
  connection: Connection,
  request: AskRequest,
  signal?: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const body = { ...request, stream: true };
  for await (const { event, data } of connection.events('/ask/question', { method: 'POST', body, signal })) {
    const value = eventValue({ event, data });
    const part = toAnswerEvent(event, value);
    if (part !== undefined) yield part;
  }
}

/** Parts of a later version that this one does not know are passed over. */
function toAnswerEvent(event: string, value: unknown): AnswerEvent | undefined {
  switch (event) {
    case 'sources':
      return { type: 'sources', ...answerEventSchemas.sources.parse(value) };
    case 'text-delta':
      return { type: 'text-delta', ...answerEventSchemas['text-delta'].parse(value) };
    case 'citation':
      return { type: 'citation', ...answerEventSchemas.citation.parse(value) };
    case 'finish':
      return { type: 'finish', ...answerEventSchemas.finish.parse(value) };
    default:
      return undefined;
  }
}

/** Makes an API key; the reply holds the key itself, this once. */
export async function createApiKey(connection: Connection, request: NewApiKey): Promise<CreatedApiKey> {
  return createdApiKeySchema.parse(await connection.json('/auth/keys', { method: 'POST', body: request }));
}

export interface FileUpload {
  files: readonly File[];
  collection?: string | undefined;
  /** Who may see them; absent: everyone with access to the collection. */
  readers?: { users: readonly string[]; groups: readonly string[] } | undefined;
  /** How long the service may read before it answers; 0 answers at once, with the job. */
  waitSeconds: number;
  signal?: AbortSignal | undefined;
}

export interface UploadedFiles extends Omit<AddedDocuments, 'job'> {
  /** null: a single file that was read at once. */
  job: Job | null;
}

/** Adds files; those that were still being read when the time was up are told of by the job. */
export async function uploadFiles(
  connection: Connection,
  { files, collection, readers, waitSeconds, signal }: FileUpload,
): Promise<UploadedFiles> {
  const form = new FormData();
  // Fields come first: a service that reads the files as they come then knows where they belong.
  if (collection !== undefined) form.append('collection', collection);
  if (readers !== undefined) form.append('readers', JSON.stringify(readers));
  for (const file of files) form.append('file', file);
  const prefer = waitSeconds === 0 ? 'respond-async' : `wait=${waitSeconds}`;
  const reply = await connection.json('/documents', { method: 'POST', body: form, headers: { prefer }, signal });
  const single = documentSchema.safeParse(reply);
  return single.success ? { job: null, documents: [single.data], rejected: [] } : addedDocumentsSchema.parse(reply);
}

export async function getJob(connection: Connection, id: string, signal?: AbortSignal): Promise<Job> {
  return jobSchema.parse(await connection.json(`/training/jobs/${encodeURIComponent(id)}`, { signal }));
}

export interface TrainUpload {
  /** JSONL files of examples. */
  examples: readonly File[];
  documents: readonly File[];
  /** Fields of the form, such as `publish`. */
  fields: Readonly<Record<string, string | undefined>>;
}

/** Has a model learn from examples; documents that come with them become knowledge. */
export async function train(connection: Connection, { examples, documents, fields }: TrainUpload): Promise<Job> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.set(name, value);
  for (const file of examples) form.append('examples', file);
  for (const file of documents) form.append('documents', file);
  return jobSchema.parse(await connection.json('/training/train', { method: 'POST', body: form }));
}

/** The job now and after each change, until it has ended. A service that stops meanwhile rejects with a `ProblemError`. */
export async function* watchJob(connection: Connection, id: string, signal?: AbortSignal): AsyncGenerator<Job> {
  for await (const { event, data } of connection.events(`/training/jobs/${encodeURIComponent(id)}/events`, {
    signal,
  })) {
    const value = eventValue({ event, data });
    if (event === 'progress' || event === 'finish') yield jobSchema.parse(value);
  }
}

export async function listVersions(connection: Connection, after?: string): Promise<TrainingVersionPage> {
  const query = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
  return trainingVersionPageSchema.parse(await connection.json(`/training/versions?limit=100${query}`));
}

/** A version as GGUF: its adapter, or the model that base and adapter are together. */
export function readVersion(
  connection: Connection,
  { id, form, signal }: { id: string; form: 'adapter' | 'merged'; signal?: AbortSignal },
): AsyncGenerator<Uint8Array> {
  return connection.pieces(`/training/versions/${encodeURIComponent(id)}/${form}`, { signal });
}

/** Lets that answer which answered before. */
export async function rollBack(connection: Connection, baseModel?: string): Promise<VersionInForce> {
  const body = { base_model: baseModel };
  return inForceSchema.parse(await connection.json('/training/rollback', { method: 'POST', body }));
}

export async function listDocuments(
  connection: Connection,
  query: { collection?: string | undefined; status?: Document['status'] | undefined; after?: string | undefined },
  signal?: AbortSignal,
): Promise<DocumentPage> {
  const given = Object.entries({ ...query, limit: '100' }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return documentPageSchema.parse(
    await connection.json(`/documents?${new URLSearchParams(given).toString()}`, { signal }),
  );
}

export interface ContentOptions {
  /** Absent: the one in force. */
  revision?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The text that citations point into. */
export async function getDocumentContent(
  connection: Connection,
  id: string,
  { revision, signal }: ContentOptions = {},
): Promise<DocumentContent> {
  const query = revision === undefined ? '' : `?revision=${revision}`;
  const path = `/documents/${encodeURIComponent(id)}/content${query}`;
  return documentContentSchema.parse(await connection.json(path, { signal }));
}

export async function deleteDocument(connection: Connection, id: string, signal?: AbortSignal): Promise<void> {
  await connection.json(`/documents/${encodeURIComponent(id)}`, { method: 'DELETE', signal });
}
