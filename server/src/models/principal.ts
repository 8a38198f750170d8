import type { Role } from './user.ts';

export const scopes = ['ask', 'ingest', 'train', 'insights', 'admin', 'act_as'] as const;
export type Scope = (typeof scopes)[number];

/** Groups of routes: the product's own, and those that speak like another product. */
export const dialects = ['billumy', 'ollama', 'openai', 'anthropic'] as const;
export type Dialect = (typeof dialects)[number];

/** Who makes a request, and what the token allows. `ask` also covers search, conversations and reading documents. */
export interface Principal {
  userId: string;
  username: string;
  role: Role;
  groups: readonly string[];
  scopes: readonly Scope[];
  /** Set when an API key was used. */
  keyId: string | null;
  /** null: every collection. */
  collections: readonly string[] | null;
  /** null: every model. */
  models: readonly string[] | null;
  /** The groups of routes that may be called; null: every one. */
  dialects: readonly Dialect[] | null;
  requestsPerMinute: number | null;
  tokensPerDay: number | null;
}

/** The end user a backend speaks for: retrieval then sees only what this person may see. */
export interface EndUser {
  user: string;
  groups: readonly string[];
}
