import { createHash } from 'node:crypto';
import type { ArchivedDocument, ArchivedTurn, ArchiveRecords, ContentRef } from '../../src/models/archive.ts';
import { identityOf } from '../../src/db/document-identity.ts';
import { sampleAnswer } from './sample-answer.ts';
import { samplePersona } from './sample-persona.ts';
import { sampleTrainingRecords } from './sample-training.ts';
import { told } from '../../src/errors/told.ts';

export type RecordsByKind = { [K in keyof ArchiveRecords]: ArchiveRecords[K][] };

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export interface SampleContent {
  ref: ContentRef;
  bytes: Buffer;
}

const documentId = 'doc_00ff00ff00ff00ff00ff00ff00ff00ff';
const original = Buffer.from([0, 1, 2, 255]);
const text = Buffer.from(
  JSON.stringify({ title: null, text: 'Ação! \u2028', sections: [{ start: 0, path: ['a'] }], pages: [] }),
);
const laterOriginal = Buffer.from('a later one');

/** What belongs to the document of `sampleRecords`. */
export const sampleContents: readonly SampleContent[] = [
  { ref: { documentId, revision: 1, content: 'original', hash: hashOf(original) }, bytes: original },
  { ref: { documentId, revision: 1, content: 'text', hash: hashOf(text) }, bytes: text },
  { ref: { documentId, revision: 2, content: 'original', hash: hashOf(laterOriginal) }, bytes: laterOriginal },
];

/** Records with something in every field, in the order of their keys. */
export function sampleRecords(): RecordsByKind {
  return {
    secrets: [{ name: 'access-token-key', value: Buffer.from([1, 0, 255]).toString('base64') }],
    users: [
      {
        id: 'usr_1',
        username: 'Ana',
        role: 'admin',
        groups: [],
        passwordHash: '$argon2id$1',
        sessionVersion: 3,
        disabled: false,
        createdAt: at(1),
      },
      {
        id: 'usr_2',
        username: 'bia',
        role: 'member',
        groups: ['legal', 'rh'],
        passwordHash: '$argon2id$2',
        sessionVersion: 1,
        disabled: true,
        createdAt: at(0),
      },
    ],
    'api-keys': [
      {
        id: '00aa',
        userId: 'usr_1',
        name: 'site',
        scopes: ['ask', 'admin'],
        collections: ['manuais'],
        models: ['nano'],
        dialects: ['ollama'],
        requestsPerMinute: 60,
        tokensPerDay: 1000,
        expiresAt: at(99),
        lastUsedAt: at(5),
        createdAt: at(2),
        secretHash: 'ab'.repeat(32),
      },
      {
        id: '00ab',
        userId: 'usr_2',
        name: 'plain',
        scopes: ['ask'],
        collections: null,
        models: null,
        dialects: null,
        requestsPerMinute: null,
        tokensPerDay: null,
        expiresAt: null,
        lastUsedAt: null,
        createdAt: at(1),
        secretHash: 'cd'.repeat(32),
      },
    ],
    'refresh-tokens': [
      { hash: '0a', familyId: 'ses_1', userId: 'usr_1', sessionVersion: 3, expiresAt: at(900), usedAt: at(7) },
      { hash: '0b', familyId: 'ses_1', userId: 'usr_1', sessionVersion: 3, expiresAt: at(900), usedAt: null },
    ],
    personas: [
      samplePersona('Luigi:2', {
        base: 'llama3.2:1b',
        adapter: `sha256:${'ab'.repeat(32)}`,
        system: 'Você é o Luigi.',
        template: '{{ .Prompt }}',
        parameters: { temperature: 0.5, stop: ['a', '\n'], num_ctx: 4096, use_mmap: false },
        messages: [{ role: 'user', text: 'oi' }],
        licence: ['MIT'],
        knowledge: { collections: ['manuais'] },
        pinned: true,
        insights: true,
      }),
      samplePersona('mario:latest'),
    ],
    conversations: [
      {
        id: 'con_1',
        ownerId: 'usr_1',
        endUser: null,
        keyId: null,
        title: 'Entregas',
        createdAt: at(3),
        updatedAt: at(9),
      },
      {
        id: 'con_2',
        ownerId: 'usr_2',
        endUser: 'cliente',
        keyId: null,
        title: 'Férias',
        createdAt: at(4),
        updatedAt: at(4),
      },
    ],
    turns: [sampleTurn('con_1', 1), sampleTurn('con_1', 2), sampleTurn('con_2', 1)],
    documents: [sampleDocument()],
    jobs: [
      {
        id: 'job_1',
        kind: 'ingest',
        ownerId: 'usr_1',
        status: 'running',
        payload: { documents: [{ id: documentId, revision: 2 }], $set: { 'a.b': 1 } },
        progress: { done: 0, total: 1, step: documentId, checkpoint: { at: 3 } },
        attempts: 2,
        error: null,
        result: null,
        createdAt: at(1),
        updatedAt: at(2),
      },
      {
        id: 'job_2',
        kind: 'train',
        ownerId: 'usr_1',
        status: 'failed',
        payload: {},
        progress: { done: 1, total: 1, step: null, checkpoint: {} },
        attempts: 1,
        error: { code: 'document_broken', detail: told`broken` },
        result: null,
        createdAt: at(1),
        updatedAt: at(2),
      },
      {
        id: 'job_3',
        kind: 'train',
        ownerId: 'usr_1',
        status: 'paused',
        payload: { set: 'set_1' },
        progress: { done: 3, total: 9, step: null, figures: { loss: 0.25 }, checkpoint: { round: 1 } },
        attempts: 1,
        error: null,
        result: null,
        createdAt: at(1),
        updatedAt: at(2),
      },
      {
        id: 'job_4',
        kind: 'train',
        ownerId: 'usr_1',
        status: 'rejected',
        payload: {},
        progress: { done: 9, total: 9, step: null, checkpoint: {} },
        attempts: 1,
        error: null,
        result: { version: 'ver_1' },
        createdAt: at(1),
        updatedAt: at(2),
      },
    ],
    ...sampleTrainingRecords(at),
    usage: [
      usageOf('2026-01-01', { keyId: null, model: 'nano' }),
      usageOf('2026-01-01', { keyId: '00aa', model: 'nano' }),
      usageOf('2026-01-01', { keyId: '00aa', model: 'nano extra' }),
      usageOf('2026-01-02', { keyId: null, model: 'nano' }),
    ],
    audit: [
      {
        id: 'aud_1',
        at: at(7),
        actor: { userId: 'usr_1', username: 'Ana', keyId: '00aa' },
        action: 'document.delete',
        subject: documentId,
        outcome: 'ok',
        address: '192.0.2.7',
        requestId: 'req-1',
      },
      {
        id: 'aud_2',
        at: at(6),
        actor: null,
        action: 'session.login',
        subject: null,
        outcome: 'refused',
        address: null,
        requestId: null,
      },
    ],
    responses: [
      {
        id: 'resp_1',
        ownerId: 'usr_1',
        conversation: 'conv_1',
        messages: [{ role: 'user', text: 'oi' }],
        body: { id: 'resp_1', $where: { 'a.b': [1, null] } },
        createdAt: at(5),
      },
    ],
    replies: [
      {
        key: 'ab'.repeat(32),
        fingerprint: 'cd'.repeat(32),
        claimedAt: at(6),
        reply: { status: 201, headers: { location: '/documents/1' }, body: '{"id":1}' },
      },
    ],
  };
}

function sampleTurn(conversationId: string, number: number): ArchivedTurn {
  const id = `${conversationId}_${number}`;
  return {
    conversationId,
    number,
    question: {
      id: `msg_${id}`,
      role: 'user',
      text: 'E para Manaus?\u0085\u2028',
      createdAt: at(number),
      rewritten: number === 1 ? null : 'Qual é o prazo para Manaus?',
      answer: null,
      feedback: null,
    },
    answer: {
      id: `ans_${id}`,
      role: 'assistant',
      text: '12 dias [1].',
      createdAt: at(number + 1),
      rewritten: null,
      answer: sampleAnswer({ id: `ans_${id}`, conversationId }),
      feedback:
        number === 1 ? null : { rating: 'down', comment: 'errado', correction: '14 dias', createdAt: at(number + 2) },
    },
  };
}

function sampleDocument(): ArchivedDocument {
  const [first, , later] = sampleContents;
  const draft = {
    collection: 'manuais',
    title: 'Manual',
    mediaType: 'text/plain',
    fileName: 'manual.txt',
    metadata: { $ano: 2026, 'a.b': true },
    readers: ['everyone', 'group:legal'],
  };
  const laterHash = later!.ref.hash;
  return {
    id: documentId,
    ownerId: 'usr_1',
    revision: 1,
    identity: identityOf(draft, laterHash),
    passageCount: 3,
    pageCount: 2,
    language: 'pt',
    status: 'processing',
    error: null,
    processing: [2],
    revisions: [
      { ...draft, contentHash: first!.ref.hash, bytes: 4, textHash: hashOf(text) },
      { ...draft, title: null, contentHash: laterHash, bytes: 11, textHash: null },
    ],
    createdAt: at(1),
    updatedAt: at(8),
  };
}

function usageOf(day: string, { keyId, model }: { keyId: string | null; model: string }) {
  const counts = { requests: 1, promptTokens: 20, cachedTokens: 3, completionTokens: 4 };
  return { day, userId: 'usr_1', keyId, model, ...counts };
}
