import {
  cancelJob,
  getDocument,
  uploadFiles,
  watchJob,
  type Connection,
  type Document,
  type Job,
} from '@billumy/protocol';
import type { DroppedFile } from './dropped-files.ts';

export type UploadState =
  | { type: 'waiting' }
  | { type: 'sending' }
  | { type: 'reading'; job: Job }
  | { type: 'ready'; document: Document }
  /** The service says why in `problem`, or something else failed. */
  | { type: 'failed'; problem: { code: string; detail: string | null } | null; error: unknown }
  | { type: 'cancelled' };

interface UploadOptions {
  collection: string | undefined;
  /** Only these groups, and whoever adds it, may see it; empty: everyone with access to the collection. */
  groups: readonly string[];
}

export interface Upload extends DroppedFile {
  id: number;
  options: UploadOptions;
  state: UploadState;
}

export interface Uploads {
  items(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  add(files: readonly DroppedFile[], options: UploadOptions): void;
  retry(id: number): void;
  /** Before it is ready. */
  cancel(id: number): void;
  /** Takes those that have ended out of the list. */
  clearEnded(): void;
  /** Drops all of them; what the service reads by then it reads to its end. */
  stop(): void;
}

const sentAtOnce = 2;
/** Small files are read before the reply. */
const waitSeconds = 2;

/** Sends files one by one, a few at once; goes on whatever page is shown. `changed` is called when a document was added. */
export function createUploads(connection: Connection, changed: () => void): Uploads {
  const listeners = new Set<() => void>();
  const stops = new Map<number, AbortController>();
  let items: readonly Upload[] = [];
  let lastId = 0;

  function set(id: number, state: UploadState): void {
    items = items.map((item) => (item.id === id ? { ...item, state } : item));
    for (const listener of listeners) listener();
  }

  async function work(upload: Upload): Promise<void> {
    const stop = new AbortController();
    stops.set(upload.id, stop);
    set(upload.id, { type: 'sending' });
    try {
      set(upload.id, await send(upload, stop.signal));
    } catch (error) {
      set(upload.id, stop.signal.aborted ? { type: 'cancelled' } : { type: 'failed', problem: null, error });
    } finally {
      stops.delete(upload.id);
      changed();
      next();
    }
  }

  async function send(
    { id, file, options: { collection, groups } }: Upload,
    signal: AbortSignal,
  ): Promise<UploadState> {
    const readers = groups.length === 0 ? undefined : { users: [], groups };
    const added = await uploadFiles(connection, { files: [file], collection, readers, waitSeconds, signal });
    const [document] = added.documents;
    if (document === undefined) return { type: 'failed', problem: added.rejected[0] ?? null, error: null };
    if (added.job !== null) {
      for await (const job of watchJob(connection, added.job.id, signal)) set(id, { type: 'reading', job });
    }
    const stored = added.job === null ? document : await getDocument(connection, document.id, signal);
    if (stored.error !== null) return { type: 'failed', problem: stored.error, error: null };
    return stored.status === 'ready'
      ? { type: 'ready', document: stored }
      : { type: 'failed', problem: null, error: new TypeError('the connection ended before the document was ready') };
  }

  function next(): void {
    for (const item of items) {
      if (stops.size >= sentAtOnce) return;
      if (item.state.type === 'waiting') void work(item);
    }
  }

  return {
    items: () => items,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files, options) {
      const added = files.map((file) => ({ ...file, id: ++lastId, options, state: { type: 'waiting' } as const }));
      items = [...items, ...added];
      for (const listener of listeners) listener();
      next();
    },
    retry(id) {
      set(id, { type: 'waiting' });
      next();
    },
    cancel(id) {
      const state = items.find((item) => item.id === id)?.state;
      if (state?.type === 'waiting') set(id, { type: 'cancelled' });
      // What was read by then stays; of the rest nothing does.
      if (state?.type === 'reading') void cancelJob(connection, state.job.id).catch(() => undefined);
      stops.get(id)?.abort();
    },
    clearEnded() {
      items = items.filter(({ state }) => !hasEnded(state));
      for (const listener of listeners) listener();
    },
    stop() {
      items = [];
      for (const listener of listeners) listener();
      for (const stop of stops.values()) stop.abort();
    },
  };
}

export function hasEnded({ type }: UploadState): boolean {
  return type === 'ready' || type === 'failed' || type === 'cancelled';
}
