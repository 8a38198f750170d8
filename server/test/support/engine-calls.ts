import { expect, vi } from 'vitest';
import { greedySampling } from '../../src/models/language-model.ts';
import type { Engine, GeneratePart, GenerateRequest } from '../../src/ports/engine.ts';

export type Finish = Extract<GeneratePart, { type: 'finish' }>;

/** A chat of one question with greedy sampling. */
export function question(
  model: string,
  text: string,
  sampling: Partial<GenerateRequest['sampling']> = {},
): GenerateRequest {
  return {
    model,
    prompt: { type: 'chat', messages: [{ role: 'user', text }] },
    sampling: { ...greedySampling, maxTokens: 32, ...sampling },
  };
}

export async function collect(parts: AsyncIterable<GeneratePart>): Promise<GeneratePart[]> {
  const collected: GeneratePart[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

/** Runs a completion to its end. */
export async function complete(
  engine: Engine,
  request: GenerateRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ text: string; deltas: string[]; finish: Finish }> {
  const parts = await collect(engine.generate(request, { signal }));
  const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []));
  const finish = parts.find((part) => part.type === 'finish');
  if (finish === undefined) throw new Error('the stream had no finish');
  return { text: deltas.join(''), deltas, finish };
}

/** Waits until nothing runs and nothing waits; fails after a second. */
export async function idle(engine: Engine): Promise<void> {
  await vi.waitFor(
    async () => {
      const { loaded, waiting } = await engine.status();
      expect({ waiting, busy: loaded.reduce((sum, { busy }) => sum + busy, 0) }).toEqual({ waiting: 0, busy: 0 });
    },
    { timeout: 1000, interval: 20 },
  );
}

/** A bias for the tokens of texts, each of which is one token of the model. */
export async function biasOf(
  engine: Engine,
  model: string,
  texts: Readonly<Record<string, number>>,
): Promise<Record<number, number>> {
  const biases = await Promise.all(
    Object.entries(texts).map(async ([text, bias]): Promise<[number, number]> => {
      const [token, ...others] = await engine.tokenize(model, text);
      if (token === undefined || others.length > 0) throw new Error(`"${text}" is not one token`);
      return [token, bias];
    }),
  );
  return Object.fromEntries(biases);
}
