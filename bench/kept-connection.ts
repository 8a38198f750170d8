import { Agent, request } from 'node:http';

/** A client that does nothing but send and receive, over one connection: what it waits for is the service. */
export interface KeptConnection {
  get(path: string): Promise<string>;
  post(path: string, body: unknown): Promise<string>;
  close(): void;
}

export interface KeptConnectionOptions {
  /** Where it comes from, of the addresses of this machine; each address has its own limits at a proxy. */
  localAddress?: string;
}

export function openKeptConnection(url: string, token: string, options: KeptConnectionOptions = {}): KeptConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ...options });
  const authorization = `Bearer ${token}`;
  const send = (method: string, path: string, body = ''): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(new URL(path, url), { method, agent, headers }, (reply) => {
        const received: Buffer[] = [];
        reply.on('data', (data: Buffer) => received.push(data));
        reply.on('error', reject);
        reply.on('end', () => {
          const text = Buffer.concat(received).toString();
          if (reply.statusCode === 200) resolve(text);
          else reject(new Error(`${method} ${path}: ${reply.statusCode} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}
