import {
  beginSession,
  connect,
  endSession,
  getMe,
  ProblemError,
  renewingConnection,
  type Connection,
  type LoginRequest,
  type Me,
} from '@billumy/protocol';
import { chosenLanguage } from '../preferences/language.tsx';
import { readStored, writeStored } from '../preferences/stored.ts';
import { createAccessToken } from './access-token.ts';
import { queryClient } from './query-client.ts';

export type SessionState =
  | { status: 'checking' }
  /** The service could not say whether somebody is logged in. */
  | { status: 'unknown'; error: unknown }
  | { status: 'signed-out'; ended: boolean }
  | { status: 'signed-in'; me: Me };

export interface Session {
  /** As whoever is logged in. */
  connection: Connection;
  state(): SessionState;
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
  /** Finds out whether this browser is logged in already. */
  resume(): Promise<void>;
  /** Rejects as `beginSession` does. */
  logIn(request: LoginRequest): Promise<void>;
  logOut(): Promise<void>;
}

/** The login of this page at the service of `url`. */
export function createSession(url: string): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = { status: 'checking' };
  const change = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const accessToken = createAccessToken(url);
  const leave = (ended: boolean): void => {
    accessToken.drop();
    writeStored('signed-in', null);
    change({ status: 'signed-out', ended });
    // What the one before saw is not for who comes next.
    queryClient.clear();
  };
  const connection = renewingConnection({
    connectWith: (token) => connect({ url, token, language: chosenLanguage() }),
    accessToken,
    onEnded: () => leave(true),
  });
  const enter = async (): Promise<void> => {
    const me = await getMe(connection);
    writeStored('signed-in', 'yes');
    change({ status: 'signed-in', me });
  };
  return {
    connection,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async resume() {
      // Without it, the first thing that everybody's browser reports would be a refused request.
      if (readStored('signed-in') === null) return change({ status: 'signed-out', ended: false });
      change({ status: 'checking' });
      await enter().catch((error: unknown) => {
        if (state.status !== 'signed-out') change({ status: 'unknown', error });
      });
    },
    async logIn(request) {
      accessToken.keep(await beginSession(connect({ url, language: chosenLanguage() }), request));
      await enter();
    },
    async logOut() {
      await endSession(connect({ url, language: chosenLanguage() })).catch((error: unknown) => {
        // Whoever leaves while the service is away is still logged out of this page.
        if (error instanceof ProblemError) throw error;
      });
      leave(false);
    },
  };
}
