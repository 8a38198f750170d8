import type { Connection, Me } from '@billumy/protocol';
import { createContext, useContext, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { createSession, type Session, type SessionState } from './session.ts';

const session = createSession(window.location.origin);
const SessionContext = createContext<Session>(session);

export function SessionProvider({ children }: { children: ReactNode }) {
  useEffect(() => void session.resume(), []);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** What it does and tells, for what lasts longer than a page. */
export function useSessionItself(): Session {
  return useContext(SessionContext);
}

export function useSession(): Session & { current: SessionState } {
  const { ...given } = useContext(SessionContext);
  const current = useSyncExternalStore(given.subscribe, given.state);
  return { ...given, current };
}

/** The API, as whoever is logged in. */
export function useConnection(): Connection {
  return useContext(SessionContext).connection;
}

/** Who is logged in; for pages that are shown to nobody else. */
export function useMe(): Me {
  const { current } = useSession();
  if (current.status !== 'signed-in') throw new Error('This page needs somebody who is logged in.');
  return current.me;
}
