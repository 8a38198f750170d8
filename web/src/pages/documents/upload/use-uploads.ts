import type { Connection } from '@billumy/protocol';
import { useSyncExternalStore } from 'react';
import { queryClient } from '../../../api/query-client.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { createUploads, type Upload, type Uploads } from './uploads.ts';

const uploadsOf = new WeakMap<Connection, Uploads>();

/** The uploads of this login, which go on while other pages are shown. */
export function useUploads(): { uploads: Uploads; items: readonly Upload[] } {
  const connection = useConnection();
  let uploads = uploadsOf.get(connection);
  if (uploads === undefined) {
    uploads = createUploads(connection, () => void queryClient.invalidateQueries({ queryKey: ['documents'] }));
    uploadsOf.set(connection, uploads);
  }
  return { uploads, items: useSyncExternalStore(uploads.subscribe, uploads.items) };
}
