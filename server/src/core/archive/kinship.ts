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
  const sets = new Set<string>();
  const versions = new Set<string>();
  const isOfUser = ({ userId }: { userId: string }): boolean => users.has(userId);
  const checks: { [K in ArchiveKind]: (record: ArchiveRecords[K]) => boolean } = {
    secrets: belongsToNobody,
    users({ id }) {
      users.add(id);
      return true;
    },
    'api-keys': isOfUser,
    'refresh-tokens': isOfUser,
    personas: belongsToNobody,
    conversations({ id }) {
      conversations.add(id);
      return true;
    },
    turns: ({ conversationId }) => conversations.has(conversationId),
    documents: belongsToNobody,
    jobs: belongsToNobody,
    'training-sets'({ id }) {
      sets.add(id);
      return true;
    },
    'training-parts': ({ setId }) => sets.has(setId),
    'training-versions'({ id }) {
      versions.add(id);
      return true;
    },
    'versions-in-force': ({ versionId }) => versionId === null || versions.has(versionId),
    usage: belongsToNobody,
    audit: belongsToNobody,
    responses: belongsToNobody,
    replies: belongsToNobody,
  };
  return { belongs: (kind, record) => checks[kind](record) };
}

/** What stands by itself, also where it names an owner who may be gone. */
function belongsToNobody(): boolean {
  return true;
}
