import type { MeasuredServer } from './measured-server.ts';

/** What one streamed completion took, as its client saw it. */
export interface ClientResult {
  text: string;
  tokens: number;
  firstMs: number;
  totalMs: number;
}

export interface CompletionText {
  prompt: string;
  maxTokens: number;
}

/** Asks for one completion over OpenAI's `/v1/completions`, which every peer speaks. */
export async function complete(
  { url, headers, model }: MeasuredServer,
  { prompt, maxTokens }: CompletionText,
): Promise<ClientResult> {
  const startedAt = performance.now();
  const reply = await fetch(`${url}/v1/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      model,
      prompt,
      max_tokens: maxTokens,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  if (!reply.ok || reply.body === null) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`);
  let firstMs: number | undefined;
  let tokens = 0;
  let text = '';
  for await (const chunk of events(reply.body)) {
    const written = chunk.choices?.[0]?.text ?? '';
    if (written !== '') firstMs ??= performance.now() - startedAt;
    text += written;
    tokens = chunk.usage?.completion_tokens ?? tokens;
  }
  const totalMs = performance.now() - startedAt;
  if (tokens === 0) throw new Error(`${url} wrote nothing`);
  return { text, tokens, firstMs: firstMs ?? totalMs, totalMs };
}

/** Several clients at once. */
export async function completeAll(
  server: MeasuredServer,
  texts: readonly CompletionText[],
): Promise<{ tokensPerSecond: number; firstMs: number[] }> {
  const startedAt = performance.now();
  const results = await Promise.all(texts.map((text) => complete(server, text)));
  const seconds = (performance.now() - startedAt) / 1000;
  const tokens = results.reduce((sum, result) => sum + result.tokens, 0);
  const firstMs = results.map((result) => result.firstMs).toSorted((first, second) => first - second);
  return { tokensPerSecond: tokens / seconds, firstMs };
}

interface CompletionChunk {
  choices?: { text?: string }[];
  usage?: { completion_tokens?: number } | null;
}

async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<CompletionChunk> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const bytes of body) {
    const lines = (pending + decoder.decode(bytes, { stream: true })).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const data = line.startsWith('data: ') ? line.slice('data: '.length).trim() : '';
      if (data !== '' && data !== '[DONE]') yield JSON.parse(data) as CompletionChunk;
    }
  }
}
