import type { LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createConversations } from '../../src/core/conversations/conversations.ts';
import type { KnowledgeOptions } from '../../src/core/knowledge/knowledge.ts';
import { createTraining } from '../../src/core/training/training.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Principal } from '../../src/models/principal.ts';
import { conversationRoutes } from '../../src/routes/conversations.ts';
import { documentRoutes } from '../../src/routes/documents.ts';
import type { App } from '../../src/routes/http/route.ts';
import { trainingRoutes } from '../../src/routes/training.ts';
import { openKnowledgeParts, principal, startIngestion } from './knowledge.ts';
import { openTrainingParts, type TrainingPartsForTests, type TrainingScript } from './training-parts.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Tokens of the test application, and who they are. */
const people = {
  ana: principal(),
  bia: principal({ userId: 'usr_bia', username: 'bia', groups: ['legal'] }),
  root: principal({ userId: 'usr_root', username: 'root', role: 'admin' }),
  anaLetters: principal({ keyId: 'key_1', collections: ['letters'] }),
  anaAsks: principal({ keyId: 'key_2', scopes: ['ask'] }),
  anaIngests: principal({ keyId: 'key_3', scopes: ['ingest'] }),
} satisfies Record<string, Principal>;
export type Person = keyof typeof people;

export interface CallOptions {
  as?: Person | null;
  json?: unknown;
  form?: readonly FormPart[];
  headers?: Record<string, string>;
}

export type FormPart =
  | { name: string; value: string }
  | { name: string; fileName: string | null; type?: string; content: string | Buffer };

export interface DocumentApp extends AsyncDisposable {
  app: App;
  parts: Omit<KnowledgeOptions, 'onError'>;
  trained: TrainingPartsForTests;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    options?: CallOptions,
  ): Promise<LightMyRequestResponse>;
}

/** Documents and training over real stores, an index and ingestion; the parser reads plain text. Without a script nothing is trained. */
export async function openDocumentApp(
  options: { maxFileBytes?: number; training?: TrainingScript } = {},
): Promise<DocumentApp> {
  const folder = await temporaryFolder();
  const { maxFileBytes } = options;
  const parts = { ...(await openKnowledgeParts(folder.path)), ...(maxFileBytes === undefined ? {} : { maxFileBytes }) };
  const ingestion = startIngestion(parts);
  const { knowledge } = ingestion;
  const trained = await openTrainingParts({ ...parts, folder: folder.path }, options.training);
  const training = createTraining({ ...trained.ports, knowledge });
  const stopping = new AbortController();
  const running = options.training === undefined ? undefined : training.run(stopping.signal);
  const app = await buildApp({
    authenticate: async (authorization) => {
      const person = people[authorization?.slice('Bearer '.length) as Person] as Principal | undefined;
      if (person === undefined) throw new AppError('unauthenticated');
      return person;
    },
    routes: [
      documentRoutes(knowledge),
      trainingRoutes({ training, versions: trained.versions }),
      conversationRoutes(createConversations({ ...trained, now: parts.now })),
    ],
    logLevel: 'silent',
  });
  return {
    app,
    parts,
    trained,
    async call(method, url, { as = 'ana', json, form, headers = {} } = {}) {
      const body = form === undefined ? { headers: {}, payload: json } : multipartBody(form);
      return app.inject({
        method,
        url,
        headers: { ...(as === null ? {} : { authorization: `Bearer ${as}` }), ...body.headers, ...headers },
        ...(body.payload === undefined ? {} : { payload: body.payload as object }),
      });
    },
    async [Symbol.asyncDispose]() {
      // A client may have opened a connection that it never used: closing would wait for it.
      app.server.closeAllConnections();
      await app.close();
      stopping.abort();
      await running;
      await ingestion[Symbol.asyncDispose]();
      await parts[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const boundary = 'between-the-parts';

export function multipartBody(form: readonly FormPart[]): { headers: Record<string, string>; payload: Buffer } {
  const parts = form.map((part) => {
    const fileName = 'fileName' in part && part.fileName !== null ? `; filename="${part.fileName}"` : '';
    const type = 'content' in part ? `\r\ncontent-type: ${part.type ?? 'text/plain'}` : '';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${part.name}"${fileName}${type}\r\n\r\n`;
    return Buffer.concat([
      Buffer.from(head),
      Buffer.from('content' in part ? part.content : part.value),
      Buffer.from('\r\n'),
    ]);
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export const file = (content: string | Buffer, fileName = 'note.txt', name = 'file'): FormPart => ({
  name,
  fileName,
  content,
});
