import { useSyncExternalStore } from 'react';
import { queryClient } from '../../../api/query-client.ts';
import { useSessionItself } from '../../../api/session-context.tsx';
import type { Session } from '../../../api/session.ts';
import { createUploads, type Upload, type Uploads } from './uploads.ts';

const uploadsOf = new WeakMap<Session, Uploads>();

/** The uploads of this login, which go on while other pages are shown. */
export function useUploads(): { uploads: Uploads; items: readonly Upload[] } {
  const session = useSessionItself();
  const uploads = uploadsOf.get(session) ?? begin(session);
  return { uploads, items: useSyncExternalStore(uploads.subscribe, uploads.items) };
}

function begin(session: Session): Uploads {
  const uploads = createUploads(
    session.connection,
    () => void queryClient.invalidateQueries({ queryKey: ['documents'] }),
  );
  uploadsOf.set(session, uploads);
  const stopListening = session.subscribe(() => {
    if (session.state().status !== 'signed-out') return;
    // They are not for who comes next to see, nor to send.
    stopListening();
    uploadsOf.delete(session);
    uploads.stop();
  });
  return uploads;
}
