import type { Conversation } from '../../models/conversation.ts';
import type { Principal } from '../../models/principal.ts';
import type { ConversationOwner } from '../../ports/conversation-store.ts';

/** What a key that is confined to collections may see of its account: an older conversation may quote from all of them. */
export function conversationOwner(
  { userId, keyId, collections }: Pick<Principal, 'userId' | 'keyId' | 'collections'>,
  endUser: string | null,
): ConversationOwner {
  return { ownerId: userId, endUser, keyId: collections === null ? null : keyId };
}

export function isOwnedBy(
  conversation: Conversation | undefined,
  { ownerId, endUser, keyId }: ConversationOwner,
): conversation is Conversation {
  return (
    conversation?.ownerId === ownerId &&
    conversation.endUser === endUser &&
    (keyId === null || conversation.keyId === keyId)
  );
}
