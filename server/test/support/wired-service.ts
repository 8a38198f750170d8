import { connect, createApiKey, logIn, type Connection, type NewApiKey } from '@billumy/protocol';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config/config.ts';
import { wire, type Service } from '../../src/wire.ts';
import { administratorPassword, asAdministrator } from './api.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface WiredReply {
  status: number;
  headers: Headers;
  text: string;
  json(): Record<string, unknown>;
}

interface CallOptions {
  method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  body?: object;
}

export interface WiredService extends AsyncDisposable {
  url: string;
  inFlight: Service['inFlight'];
  administrator: Connection;
  /** A key of the administrator, or of `user`. */
  makeKey(limits?: Partial<NewApiKey>, user?: string): Promise<string>;
  /** Makes a member; returns the id. */
  makeUser(username: string): Promise<string>;
  /** A body makes it a POST. */
  call(key: string, path: string, options?: CallOptions): Promise<WiredReply>;
}

/** The service as the program wires it, with only the bundled model, listening in this process. */
export async function openWiredService(): Promise<WiredService> {
  const folder = await temporaryFolder();
  const config = parseConfig({
    DATA_DIR: folder.path,
    OFFLINE: '1',
    LANGUAGE_MODEL: 'nano',
    ADMIN_PASSWORD: administratorPassword,
  });
  const service = await wire({ config, report: (what, error) => expect.unreachable(`${what}: ${String(error)}`) });
  const app = await buildApp({ ...service.app, logLevel: 'silent' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const administrator = await asAdministrator(url);
  return {
    url,
    inFlight: service.inFlight,
    administrator,
    async makeKey(limits = {}, user) {
      const owner = user === undefined ? {} : { user_id: user };
      return (await createApiKey(administrator, { name: 'client', scopes: ['ask'], ...owner, ...limits })).key;
    },
    async makeUser(username) {
      const body = { username, password: administratorPassword };
      const { id } = (await administrator.json('/auth/users', { method: 'POST', body })) as { id: string };
      // Proves that the account works.
      await logIn(connect({ url }), body);
      return id;
    },
    async call(key, path, { body, method = body === undefined ? 'GET' : 'POST' } = {}) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const reply = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      const text = await reply.text();
      const { status, headers: replyHeaders } = reply;
      return { status, headers: replyHeaders, text, json: () => JSON.parse(text) as Record<string, unknown> };
    },
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
      await service[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
