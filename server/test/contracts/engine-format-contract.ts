import { expect } from 'vitest';
import type { OutputFormat } from '../../src/models/language-model.ts';
import type { Engine } from '../../src/ports/engine.ts';
import { defineContract } from '../support/define-contract.ts';
import { biasOf, collect, complete, idle, question } from '../support/engine-calls.ts';
import type { EngineHarness } from './engine-contract.ts';

const seeds = Array.from({ length: 20 }, (_, seed) => seed);
const schema = {
  $defs: { Street: { type: 'string', minLength: 1, maxLength: 6 } },
  type: 'object',
  properties: {
    kind: { enum: ['casa', 'prédio'] },
    rooms: { type: 'integer', minimum: 1, maximum: 40 },
    street: { $ref: '#/$defs/Street' },
    number: { anyOf: [{ type: 'integer', minimum: 0, maximum: 999 }, { type: 'null' }] },
    tags: { type: 'array', items: { enum: ['a', 'b'] }, maxItems: 3 },
  },
  required: ['kind', 'rooms', 'street', 'number', 'tags'],
  additionalProperties: false,
};
const house = {
  kind: expect.stringMatching(/^(casa|prédio)$/),
  rooms: expect.any(Number),
  street: expect.any(String),
  number: expect.toSatisfy((value) => value === null || typeof value === 'number'),
  tags: expect.any(Array),
};

/** Texts that are forced into a form. */
export const engineFormatContract = defineContract<EngineHarness>('engine format', (it, { shared, endless }) => {
  /** What the model writes in the format at random, for many seeds. */
  async function writings(engine: Engine, format: OutputFormat, logitBias: Record<number, number> = {}) {
    return Promise.all(
      seeds.map(async (seed) => {
        const request = question(endless, 'Olá', { temperature: 1.5, seed, maxTokens: 1000, logitBias });
        return complete(engine, { ...request, format });
      }),
    );
  }

  it('writes what a schema allows and stops, whatever it draws', async () => {
    const written = await writings(await shared(), { type: 'json-schema', schema });
    expect(written.map(({ finish }) => finish.reason)).toEqual(seeds.map(() => 'stop'));
    const values = written.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
    expect(values).toEqual(seeds.map(() => house));
    const outOfBounds = values.filter(
      ({ rooms, street, tags }) =>
        Number(rooms) < 1 ||
        Number(rooms) > 40 ||
        Array.from(String(street)).length > 6 ||
        (tags as unknown[]).length > 3,
    );
    expect(outOfBounds).toEqual([]);
    expect(new Set(written.map(({ text }) => text)).size).toBeGreaterThan(10);
  });

  it('writes JSON and stops, whatever it draws', async () => {
    const engine = await shared();
    // So that it ends soon what it begins.
    const bias = await biasOf(engine, endless, { '"': 8, '}': 12, ']': 12 });
    const written = await writings(engine, { type: 'json' }, bias);
    expect(written.map(({ finish }) => finish.reason)).toEqual(seeds.map(() => 'stop'));
    const values = written.map(({ text }) => JSON.parse(text) as unknown);
    expect(values.filter((value) => typeof value !== 'object' || value === null)).toEqual([]);
  });

  it('writes what a grammar allows and stops, whatever it draws', async () => {
    const grammar = 'root ::= ("sim" | "não") ", " digit{3} ("." | "!")?\ndigit ::= [0-9]';
    const written = await writings(await shared(), { type: 'grammar', grammar });
    expect(written.filter(({ text }) => !/^(sim|não), \d{3}[.!]?$/.test(text))).toEqual([]);
    expect(written.map(({ finish }) => finish.reason)).toEqual(seeds.map(() => 'stop'));
  });

  it('writes the same in the same format, and ends at as many tokens as asked for', async () => {
    const engine = await shared();
    const format = { type: 'grammar', grammar: 'root ::= [a-z]{400}' } as const;
    const write = async (maxTokens: number) => complete(engine, { ...question(endless, 'Olá', { maxTokens }), format });
    const [first, second, cut] = [await write(500), await write(500), await write(20)];
    expect(first.text).toMatch(/^[a-z]{400}$/);
    expect(second.text).toBe(first.text);
    expect(first.finish.reason).toBe('stop');
    expect(cut.finish).toMatchObject({ reason: 'length', usage: { completionTokens: 20 } });
    expect(first.text.startsWith(cut.text)).toBe(true);
  });

  it('writes in a format what the prompt lets it guess', async () => {
    const engine = await shared();
    const format = { type: 'grammar', grammar: 'root ::= ("frete grátis; "){40} "fim"' } as const;
    const request = question(endless, 'frete grátis; '.repeat(20), { maxTokens: 1000 });
    const { text, finish } = await complete(engine, { ...request, format });
    expect(text).toBe(`${'frete grátis; '.repeat(40)}fim`);
    expect(finish.reason).toBe('stop');
  });

  it('calls a tool when it must, with arguments of its schema', async () => {
    const engine = await shared();
    const parameters = { type: 'object', properties: { order: { type: 'integer', maximum: 99 } }, required: ['order'] };
    const tools = [
      { name: 'find_order', description: 'Finds an order.', parameters },
      { name: 'list_orders', description: 'Lists orders.', parameters: { type: 'object', properties: {} } },
    ];
    const messages = [{ role: 'user', text: 'Onde está o pedido 12?' } as const];
    const request = question(endless, '', { temperature: 1.5, seed: 4, maxTokens: 300 });
    const toolChoice = { name: 'find_order' };
    const signal = new AbortController().signal;
    const prompt = { type: 'chat', messages, tools, toolChoice } as const;
    const parts = await collect(engine.generate({ ...request, prompt }, { signal }));
    const call = { id: expect.any(String), name: 'find_order', arguments: { order: expect.any(Number) } };
    expect(parts).toEqual([
      { type: 'tool-call', call },
      expect.objectContaining({ type: 'finish', reason: 'tool-calls' }),
    ]);
    const missing = { ...prompt, toolChoice: { name: 'cancel_order' } };
    const refused = complete(engine, { ...request, prompt: missing });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_format' });
  });

  it('refuses formats that no text has, and goes on with others', async () => {
    const engine = await shared();
    const other = complete(engine, question(endless, 'Olá', { maxTokens: 60 }));
    const impossible: OutputFormat[] = [
      { type: 'json-schema', schema: { type: 'string', enum: [] } },
      { type: 'json-schema', schema: { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] } },
      { type: 'json-schema', schema: { type: 'number', minimum: 3, maximum: 2 } },
      { type: 'grammar', grammar: 'root ::= "a' },
      { type: 'grammar', grammar: 'root ::= root "a"' },
      { type: 'grammar', grammar: 'root ::= "a"{9,1}' },
    ];
    for (const format of impossible) {
      const refused = complete(engine, { ...question(endless, 'Olá'), format });
      await expect(refused).rejects.toMatchObject({ code: 'invalid_format', detail: expect.any(String) });
    }
    expect((await other).finish.usage.completionTokens).toBe(60);
    await idle(engine);
  });
});
