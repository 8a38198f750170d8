import { ProblemError, type Connection } from './connection.ts';

/** An access token that is renewed as long as the login lasts. */
export interface RenewedToken {
  /** One that lasts for a call. */
  current(): Promise<string>;
  /** A new one, for one that the service no longer takes. */
  renew(): Promise<string>;
}

/** A token that is kept while it lasts, undefined after; of several callers at once, one asks for a new one. */
export function renewedToken({ kept, renew }: { kept(): string | undefined; renew(): Promise<string> }): RenewedToken {
  let renewal: Promise<string> | null = null;
  const renewOnce = (): Promise<string> => {
    renewal ??= renew().finally(() => (renewal = null));
    return renewal;
  };
  return { renew: renewOnce, current: async () => kept() ?? renewOnce() };
}

export interface RenewingOptions {
  connectWith(token: string): Connection;
  accessToken: RenewedToken;
  /** Called when the login has ended: whoever wants to go on must log in again. */
  onEnded?(): void;
}

/** Calls with the access token of a login; one that the service no longer takes is renewed once. */
export function renewingConnection({ connectWith, accessToken, onEnded }: RenewingOptions): Connection {
  const send = async <Reply>(call: (connection: Connection) => Promise<Reply>): Promise<Reply> => {
    try {
      try {
        return await call(connectWith(await accessToken.current()));
      } catch (error) {
        if (!isProblem(error, 'token_expired')) throw error;
        return await call(connectWith(await accessToken.renew()));
      }
    } catch (error) {
      if (isProblem(error, 'unauthenticated') || isProblem(error, 'refresh_token_reused')) onEnded?.();
      throw error;
    }
  };
  async function* stream<Item>(open: (connection: Connection) => AsyncGenerator<Item>): AsyncGenerator<Item> {
    const { first, rest } = await send((connection) => begin(open(connection)));
    if (first.done === true) return;
    try {
      yield first.value;
      yield* rest;
    } finally {
      await rest.return(undefined);
    }
  }
  return {
    json: (path, call) => send((connection) => connection.json(path, call)),
    text: (path, call) => send((connection) => connection.text(path, call)),
    blob: (path, call) => send((connection) => connection.blob(path, call)),
    events: (path, call) => stream((connection) => connection.events(path, call)),
    pieces: (path, call) => stream((connection) => connection.pieces(path, call)),
  };
}

/** What comes first comes after the token was taken. */
async function begin<Item>(rest: AsyncGenerator<Item>) {
  return { first: await rest.next(), rest };
}

function isProblem(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.problem.code === code;
}
