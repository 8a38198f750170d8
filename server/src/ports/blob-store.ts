/** Files under their digests `sha256:<hex>`, of which models and adapters are made. They are removed as models are. */
export interface BlobStore {
  has(digest: string): Promise<boolean>;
  /** All that are whole; those on their way are not among them. */
  list(): Promise<readonly StoredBlob[]>;
  /** Piece by piece; fails with `not_found` when it is not there. */
  read(digest: string): AsyncIterable<Uint8Array>;
  /**
   * Keeps what comes under its digest, durably when it resolves; the same file twice is fine, also at once. Rejects with
   * `invalid_request` when the hash is another one, with `disk_full` and `body_too_large`, and with what `content` fails
   * with: then nothing of it is left.
   */
  put(digest: string, content: AsyncIterable<Uint8Array>, options: BlobOptions): Promise<void>;
}

export interface StoredBlob {
  digest: string;
  storedAt: Date;
}

export interface BlobOptions {
  /** How much will come; null when nobody says. */
  bytes: number | null;
}
