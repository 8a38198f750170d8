import type { MeasuredServer } from './peers/measured-server.ts';

/** Milliseconds from the request to the first piece of the streamed answer. */
export async function firstChunkMs({ url, headers, model }: MeasuredServer): Promise<number> {
  const startedAt = performance.now();
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Olá' }], max_tokens: 8, stream: true }),
  });
  if (!reply.ok || reply.body === null) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
  const reader = reply.body.getReader();
  let { done } = await reader.read();
  const firstMs = performance.now() - startedAt;
  while (!done) ({ done } = await reader.read());
  return firstMs;
}
