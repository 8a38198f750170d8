import { connect, logIn, type Connection } from '@billumy/protocol';

export const administratorPassword = 'correct horse battery staple';

/** A connection as the first administrator of a service started with `ADMIN_PASSWORD: administratorPassword`. */
export async function asAdministrator(url: string): Promise<Connection> {
  const { access_token } = await logIn(connect({ url }), { username: 'admin', password: administratorPassword });
  return connect({ url, token: access_token });
}
