import type { ArchiveKind, ArchiveRecords } from '../../models/archive.ts';

/**
 * Knows whether what a record belongs to was copied before it. While services go on, somebody may come with keys, or a
 * conversation with turns, after users and conversations were read: those are left to the next copy.
 */
export interface Kinship {
  belongs<K extends ArchiveKind>(kind: K, record: ArchiveRecords[K]): boolean;
}

export function createKinship(): Kinship {
  const users = new Set<string>();
  const conversations = new Set<string>();
  return {
    belongs(kind, record) {
      switch (kind) {
        case 'users':
          users.add((record as ArchiveRecords['users']).id);
          return true;
        case 'conversations':
          conversations.add((record as ArchiveRecords['conversations']).id);
          return true;
        case 'api-keys':
        case 'refresh-tokens':
          return users.has((record as ArchiveRecords['api-keys' | 'refresh-tokens']).userId);
        case 'turns':
          return conversations.has((record as ArchiveRecords['turns']).conversationId);
        default:
          return true;
      }
    },
  };
}
