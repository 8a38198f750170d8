import { describe, expect, it } from 'vitest';
import { engineStreamContract } from '../contracts/engine-stream-contract.ts';
import { collect, complete, question } from '../support/engine-calls.ts';
import { openAiEnd, openAiEvent, openAiKnown } from '../support/engine-doubles/dialects.ts';
import { openEngineDouble, refuses, type Reply, sends } from '../support/engine-doubles/engine-double.ts';
import { openRemote } from '../support/remote-engine.ts';

const words = ['O prazo ', 'é de ', '12 dias.'].map((content) => openAiEvent({ delta: { content } }));
const good = sends(...words, openAiEnd);
const never = new AbortController().signal;

async function open(...completions: readonly Reply[]) {
  const double = await openEngineDouble({ known: openAiKnown, completions });
  return Object.assign(await openRemote({ urls: [double.url], servers: [double] }), { double });
}

engineStreamContract('OpenAI-compatible', { open: () => open(good), request: question('tiny', 'Qual é o prazo?') });

describe('an OpenAI-compatible engine', () => {
  it('is told every sampler that OpenAI has, and learns whether the server takes more', async () => {
    await using engine = await open(refuses(400, { error: { message: 'Unrecognized request argument: top_k' } }), good);
    const { text, finish } = await complete(engine, question('tiny', 'Oi', { temperature: 0.5, seed: 3 }));
    expect(text).toBe('O prazo é de 12 dias.');
    expect(finish.usage).toEqual({ promptTokens: 9, cachedTokens: 0, completionTokens: 3 });
    const [first, second] = engine.double.completions;
    const standard = { temperature: 0.5, top_p: 1, presence_penalty: 0, frequency_penalty: 0, max_tokens: 32, seed: 3 };
    expect(first?.body).toMatchObject({ ...standard, top_k: -1, min_p: 0, repetition_penalty: 1 });
    expect(second?.body).toMatchObject(standard);
    expect(second?.body).not.toHaveProperty('top_k');
    expect(engine.traits.ignores).toEqual(expect.arrayContaining(['topK', 'minP', 'typicalP']));
  });

  it('puts tool calls together of their pieces', async () => {
    const piece = (call: unknown): string => openAiEvent({ delta: { tool_calls: [call] } });
    const pieces = [
      piece({ index: 0, id: 'call_a', function: { name: 'frete', arguments: '{"cid' } }),
      piece({ index: 0, function: { arguments: 'ade":"Manaus"}' } }),
    ];
    await using engine = await open(sends(...pieces, openAiEnd));
    const parts = await collect(engine.generate(question('tiny', 'Oi'), { signal: never }));
    const call = { id: 'call_a', name: 'frete', arguments: { cidade: 'Manaus' } };
    expect(parts[0]).toEqual({ type: 'tool-call', call });
    expect(parts.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' });
  });

  it('tells thoughts from the answer', async () => {
    const thought = openAiEvent({ delta: { reasoning_content: 'Hm.' } });
    await using engine = await open(sends(thought, ...words, openAiEnd));
    const parts = await collect(engine.generate(question('tiny', 'Oi'), { signal: never }));
    expect(parts[0]).toEqual({ type: 'thinking-delta', delta: 'Hm.' });
  });

  it('is sent the newest of ten thousand messages that fit', async () => {
    await using engine = await open(good);
    const messages = Array.from({ length: 10_000 }, (_, index) => ({
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: `${index} ${'palavra '.repeat(12)}`,
    }));
    const asked = { ...question('tiny', ''), prompt: { type: 'chat', messages } } as const;
    await complete(engine, { ...asked, contextTokens: 1000, overflow: { type: 'drop-messages' } });
    const sent = (engine.double.completions[0]!.body as { messages: { content: string }[] }).messages;
    expect(sent.length).toBeGreaterThan(10);
    expect(sent.length).toBeLessThan(50);
    expect(sent.at(-1)?.content).toMatch(/^9999 /);
  });

  it('says what it cannot do', async () => {
    await using engine = await open(good);
    const infill = { ...question('tiny', ''), prompt: { type: 'infill', before: 'a', after: 'b' } } as const;
    await expect(complete(engine, infill)).rejects.toMatchObject({ code: 'model_incapable', capability: 'insert' });
    await expect(engine.tokenize('tiny', 'a')).rejects.toMatchObject({ code: 'model_incapable' });
    expect(engine.double.completions).toHaveLength(0);
  });
});
