import { auditPageSchema, type AuditPage, type AuditQuery } from './audit.ts';
import {
  apiKeyPageSchema,
  userPageSchema,
  userSchema,
  type ApiKeyPage,
  type NewUser,
  type User,
  type UserChange,
  type UserPage,
} from './auth.ts';
import { ProblemError, type Call, type Connection } from './connection.ts';
import { collectionPageSchema, type CollectionPage } from './documents.ts';
import { readinessSchema, type Readiness } from './health.ts';
import { modelListSchema, modelSchema, type Model, type ModelList } from './models.ts';
import {
  personaListSchema,
  personaSchema,
  type NewPersona,
  type Persona,
  type PersonaEdit,
  type PersonaList,
} from './personas.ts';
import { queueReplySchema, type QueueReply } from './queue.ts';
import { usageReplySchema, type UsageQuery, type UsageReply } from './usage.ts';
import { withQuery } from './with-query.ts';

export interface ListQuery {
  limit?: number | undefined;
  after?: string | undefined;
}

/** How each part is; a service that cannot work says so in the same form. */
export async function getReadiness(connection: Connection, { signal }: Pick<Call, 'signal'> = {}): Promise<Readiness> {
  return readinessSchema.parse(await connection.json('/health/ready', { signal }).catch(readinessOf));
}

function readinessOf(error: unknown): unknown {
  if (error instanceof ProblemError && readinessSchema.safeParse(error.body).success) return error.body;
  throw error;
}

export async function getQueue(connection: Connection, { signal }: Pick<Call, 'signal'> = {}): Promise<QueueReply> {
  return queueReplySchema.parse(await connection.json('/queue', { signal }));
}

export async function getUsage(connection: Connection, query: UsageQuery = {}): Promise<UsageReply> {
  return usageReplySchema.parse(await connection.json(withQuery('/usage', query)));
}

export async function listAudit(
  connection: Connection,
  query: AuditQuery = {},
  signal?: AbortSignal,
): Promise<AuditPage> {
  return auditPageSchema.parse(await connection.json(withQuery('/audit', query), { signal }));
}

export async function listUsers(connection: Connection, query: ListQuery = {}): Promise<UserPage> {
  return userPageSchema.parse(await connection.json(withQuery('/auth/users', query)));
}

export async function createUser(connection: Connection, user: NewUser): Promise<User> {
  return userSchema.parse(await connection.json('/auth/users', { method: 'POST', body: user }));
}

export async function changeUser(
  connection: Connection,
  { id, change }: { id: string; change: UserChange },
): Promise<User> {
  return userSchema.parse(await connection.json(pathOf('/auth/users', id), { method: 'PATCH', body: change }));
}

export async function deleteUser(connection: Connection, id: string): Promise<void> {
  await connection.json(pathOf('/auth/users', id), { method: 'DELETE' });
}

/** Your own keys; to administrators everybody's. */
export async function listApiKeys(connection: Connection, query: ListQuery = {}): Promise<ApiKeyPage> {
  return apiKeyPageSchema.parse(await connection.json(withQuery('/auth/keys', query)));
}

/** In force at once. */
export async function deleteApiKey(connection: Connection, id: string): Promise<void> {
  await connection.json(pathOf('/auth/keys', id), { method: 'DELETE' });
}

export async function listCollections(connection: Connection, query: ListQuery = {}): Promise<CollectionPage> {
  return collectionPageSchema.parse(await connection.json(withQuery('/collections', query)));
}

export async function listPersonas(connection: Connection): Promise<PersonaList> {
  return personaListSchema.parse(await connection.json('/personas'));
}

export async function makePersona(connection: Connection, persona: NewPersona): Promise<Persona> {
  return personaSchema.parse(await connection.json('/personas', { method: 'POST', body: persona }));
}

export async function changePersona(
  connection: Connection,
  { name, edit }: { name: string; edit: PersonaEdit },
): Promise<Persona> {
  return personaSchema.parse(await connection.json(pathOf('/personas', name), { method: 'PUT', body: edit }));
}

export async function listModels(connection: Connection): Promise<ModelList> {
  return modelListSchema.parse(await connection.json('/models'));
}

/** Begins a download, which goes on by itself: the list of models tells how far it is. */
export function downloadModel(connection: Connection, name: string): Promise<Model> {
  return changeModel(connection, { name, what: 'download' });
}

export function cancelDownload(connection: Connection, name: string): Promise<Model> {
  return changeModel(connection, { name, what: 'cancel' });
}

/** Resolves when it is loaded. */
export function loadModel(connection: Connection, name: string): Promise<Model> {
  return changeModel(connection, { name, what: 'load' });
}

export function unloadModel(connection: Connection, name: string): Promise<Model> {
  return changeModel(connection, { name, what: 'unload' });
}

/** Removes a persona, or the file of a model. */
export async function deleteModel(connection: Connection, name: string): Promise<void> {
  await connection.json(pathOf('/models', name), { method: 'DELETE' });
}

async function changeModel(connection: Connection, { name, what }: { name: string; what: string }): Promise<Model> {
  return modelSchema.parse(await connection.json(`${pathOf('/models', name)}/${what}`, { method: 'POST' }));
}

function pathOf(list: string, id: string): string {
  return `${list}/${encodeURIComponent(id)}`;
}
