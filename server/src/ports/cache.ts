/** Forgets freely: a value may be gone at any time, but is never older than its time to live. */
export interface Cache extends AsyncDisposable {
  readonly traits: { readonly kind: string };
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, timeToLiveMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}
