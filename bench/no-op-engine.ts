import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An engine that speaks OpenAI's protocol and does nothing: what a call takes is what stands before it. */
export async function openNoOpEngine(): Promise<AsyncDisposable & { url: string }> {
  const server = createNoOpEngine();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Answers at once with the same word. */
function createNoOpEngine(): Server {
  const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
  const common = { id: 'chatcmpl-1', created: 0, model: 'noop' };
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url?.endsWith('/models') === true) {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ object: 'list', data: [{ id: 'noop', object: 'model', owned_by: 'bench' }] }));
        return;
      }
      if (request.method !== 'POST') {
        response.statusCode = 404;
        response.end('{}');
        return;
      }
      const { stream } = JSON.parse(Buffer.concat(chunks).toString()) as { stream?: boolean };
      if (stream !== true) {
        const message = { role: 'assistant', content: 'Olá' };
        response.setHeader('content-type', 'application/json');
        const choices = [{ index: 0, message, finish_reason: 'stop' }];
        response.end(JSON.stringify({ ...common, object: 'chat.completion', choices, usage }));
        return;
      }
      response.setHeader('content-type', 'text/event-stream');
      const object = 'chat.completion.chunk';
      const send = (chunk: object): boolean =>
        response.write(`data: ${JSON.stringify({ ...common, object, ...chunk })}\n\n`);
      send({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Olá' }, finish_reason: null }] });
      send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
      send({ choices: [], usage });
      response.end('data: [DONE]\n\n');
    });
  });
}
