/** Remembers the replies to requests that carry an `Idempotency-Key`. Acknowledged writes survive a crash. */
export interface IdempotencyStore {
  /**
   * Takes the key for the first run of a request; of many at once exactly one gets `{ state: 'first' }`. A key that was
   * taken before `expiresBefore` is free again.
   */
  claim(key: string, request: { fingerprint: string; now: Date; expiresBefore: Date }): Promise<Claim>;
  /** Stores the reply of the first run; ignored when the key is not taken. */
  complete(key: string, reply: StoredReply): Promise<void>;
  /** Gives the key back, because the first run left nothing to repeat; a completed one stays. */
  release(key: string): Promise<void>;
  deleteExpired(expiresBefore: Date): Promise<void>;
}

export type Claim =
  | { state: 'first' }
  | { state: 'running'; fingerprint: string }
  | { state: 'completed'; fingerprint: string; reply: StoredReply };

export interface StoredReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}
