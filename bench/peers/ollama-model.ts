import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import type { MeasuredServer, ServedModel } from './measured-server.ts';

/** Gives an Ollama the file as a model, whose text it takes as it is. */
export async function createOllamaModel(server: MeasuredServer, served: ServedModel): Promise<void> {
  const { path, contextTokens, threads } = served;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const digest = `sha256:${hash.digest('hex')}`;
  await post(`${server.url}/api/blobs/${digest}`, await openAsBlob(path));
  const create = {
    model: server.model,
    files: { 'model.gguf': digest },
    template: '{{ .Prompt }}',
    parameters: { num_ctx: contextTokens, num_thread: threads },
    stream: false,
  };
  await post(`${server.url}/api/create`, JSON.stringify(create));
}

async function post(url: string, body: string | Blob): Promise<void> {
  const reply = await fetch(url, { method: 'POST', body });
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
  await reply.body?.cancel();
}
