import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { engineStreamContract } from '../contracts/engine-stream-contract.ts';
import { complete, question } from '../support/engine-calls.ts';
import { createScriptedEngine } from '../support/scripted-engine.ts';

const line = { deltas: ['O prazo ', 'é de ', '12 dias [1].'] };

engineStreamContract('scripted', {
  open: async () => createScriptedEngine({ generate: Array.from({ length: 5 }, () => line) }),
  request: question('nano', 'Qual é o prazo?'),
});

describe('scripted engine', () => {
  it('says its lines in order, throws the errors among them, and then throws', async () => {
    const engine = createScriptedEngine({ generate: [line, new AppError('engine_failed')] });
    const request = question('nano', 'Qual é o prazo?');
    expect((await complete(engine, request)).text).toBe('O prazo é de 12 dias [1].');
    await expect(complete(engine, request)).rejects.toMatchObject({ code: 'engine_failed' });
    await expect(complete(engine, request)).rejects.toThrow('unexpected call: generate');
    expect(engine.requests).toHaveLength(2);
  });

  it('throws at every call it has no line for', async () => {
    const engine = createScriptedEngine();
    const signal = new AbortController().signal;
    await expect(engine.embed('m', ['x'], { signal })).rejects.toThrow('unexpected call: embed');
    await expect(engine.rerank({ model: 'm', query: 'q', texts: [] }, { signal })).rejects.toThrow('unexpected call');
  });
});
