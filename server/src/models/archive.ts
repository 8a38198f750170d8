import type { Failure } from '../errors/failure.ts';
import type { ApiKey } from './api-key.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { Feedback, Message, NewConversation } from './conversation.ts';
import type { DocumentDraft, DocumentStatus } from './document.ts';
import type { Job } from './job.ts';
import type { ChatMessage } from './language-model.ts';
import type { Language } from './language.ts';
import type { Persona } from './persona.ts';
import type { RefreshToken } from './refresh-token.ts';
import type { TrainingPart, TrainingSet } from './training-set.ts';
import type { TrainingVersion, VersionInForce } from './training-version.ts';
import type { UsageEntry } from './usage.ts';
import type { User } from './user.ts';

/** Everything that an installation keeps and nothing else can bring back; what others refer to comes first. */
export interface ArchiveRecords {
  secrets: ArchivedSecret;
  users: User;
  'api-keys': ApiKey;
  'refresh-tokens': RefreshToken;
  personas: Persona;
  conversations: NewConversation;
  turns: ArchivedTurn;
  documents: ArchivedDocument;
  jobs: Job;
  'training-sets': TrainingSet;
  'training-parts': TrainingPart;
  'training-versions': TrainingVersion;
  'versions-in-force': VersionInForce;
  usage: UsageEntry;
  audit: AuditEntry;
  responses: ArchivedResponse;
  replies: ArchivedReply;
}

export type ArchiveKind = keyof ArchiveRecords;

export const archiveKinds = [
  'secrets',
  'users',
  'api-keys',
  'refresh-tokens',
  'personas',
  'conversations',
  'turns',
  'documents',
  'jobs',
  'training-sets',
  'training-parts',
  'training-versions',
  'versions-in-force',
  'usage',
  'audit',
  'responses',
  'replies',
] as const satisfies readonly ArchiveKind[];

export interface ArchivedSecret {
  name: string;
  /** Base64. */
  value: string;
}

export interface ArchivedTurn {
  conversationId: string;
  /** Its place in the conversation, from 1. */
  number: number;
  question: ArchivedMessage;
  answer: ArchivedMessage;
}

export interface ArchivedMessage extends Message {
  feedback: Omit<Feedback, 'messageId'> | null;
}

/**
 * A document with all its revisions, but without their contents. Of revisions that are neither in force nor the latest
 * nothing is kept but what a citation needs.
 */
export interface ArchivedDocument {
  id: string;
  ownerId: string;
  /** In force; 0: none yet. */
  revision: number;
  /** What makes two uploads the same document; no two have the same. */
  identity: string;
  /** Of the revision in force. */
  passageCount: number;
  pageCount: number | null;
  language: Language | null;
  /** Of the latest revision. */
  status: DocumentStatus;
  error: Failure | null;
  /** The numbers of those that are still to be read. */
  processing: readonly number[];
  /** From 1 on, without gaps. */
  revisions: readonly ArchivedRevision[];
  createdAt: Date;
  updatedAt: Date;
}

export interface ArchivedRevision extends Omit<DocumentDraft, 'ownerId'> {
  /** SHA-256 of the original bytes, hex. */
  contentHash: string;
  bytes: number;
  /** SHA-256 of the text, as JSON; null until it was parsed. */
  textHash: string | null;
}

/** The bytes of a revision: its original, or its text as JSON. */
export interface ContentRef {
  documentId: string;
  revision: number;
  content: 'original' | 'text';
  /** SHA-256, hex. */
  hash: string;
}

export interface ArchivedResponse {
  id: string;
  ownerId: string;
  conversation: string;
  messages: readonly ChatMessage[];
  body: Readonly<Record<string, unknown>>;
  createdAt: Date;
}

/** The reply to a request with an idempotency key. */
export interface ArchivedReply {
  key: string;
  fingerprint: string;
  claimedAt: Date;
  reply: { status: number; headers: Readonly<Record<string, string>>; body: string };
}

/** How many records of a kind there are, and a hash over all of them with their contents. */
export interface KindSummary {
  kind: ArchiveKind;
  records: number;
  /** Hex. */
  sha256: string;
}
