import type { ApiKey, NewApiKey } from '@billumy/protocol';

type Scope = ApiKey['scopes'][number];
type Dialect = NonNullable<ApiKey['dialects']>[number];

/** What somebody is filling in; a text is a number when it is sent. */
export interface KeyDraft {
  name: string;
  ownerId: string;
  scopes: readonly Scope[];
  collections: readonly string[];
  models: readonly string[];
  dialects: readonly Dialect[];
  requestsPerMinute: string;
  tokensPerDay: string;
  /** null: without an end. */
  days: number | null;
}

export interface DraftProps {
  draft: KeyDraft;
  onChange(change: Partial<KeyDraft>): void;
}

const dayMs = 24 * 60 * 60 * 1000;

export function emptyDraft(ownerId: string): KeyDraft {
  return {
    name: '',
    ownerId,
    scopes: ['ask'],
    collections: [],
    models: [],
    dialects: [],
    requestsPerMinute: '',
    tokensPerDay: '',
    days: 90,
  };
}

/** The key that the draft asks for. What is left empty has no limit. */
export function toNewApiKey(draft: KeyDraft, now: Date): NewApiKey {
  return {
    name: draft.name.trim(),
    user_id: draft.ownerId,
    scopes: [...draft.scopes],
    collections: draft.collections.length === 0 ? null : [...draft.collections],
    models: draft.models.length === 0 ? null : [...draft.models],
    dialects: draft.dialects.length === 0 ? null : [...draft.dialects],
    requests_per_minute: draft.requestsPerMinute === '' ? null : Number(draft.requestsPerMinute),
    tokens_per_day: draft.tokensPerDay === '' ? null : Number(draft.tokensPerDay),
    expires_at: draft.days === null ? null : new Date(now.getTime() + draft.days * dayMs).toISOString(),
  };
}
