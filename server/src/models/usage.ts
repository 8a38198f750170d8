/** What one key, or one account without a key, used of one model on one day. */
export interface UsageEntry {
  /** In UTC: `2026-11-21`. */
  day: string;
  userId: string;
  /** null: logged in with a password. */
  keyId: string | null;
  model: string;
  requests: number;
  promptTokens: number;
  /** Of the prompt tokens, how many were evaluated before. */
  cachedTokens: number;
  completionTokens: number;
}
