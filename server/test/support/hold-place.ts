import { expect } from 'vitest';
import type { Caller, Engine } from '../../src/ports/engine.ts';
import { question } from './engine-calls.ts';

/**
 * Takes a place of an endless model by an answer that ends only when the function that is returned is called. Resolves
 * when the answer has begun.
 */
export async function holdPlace(engine: Engine, model: string, caller?: Caller): Promise<() => Promise<void>> {
  const abort = new AbortController();
  const request = { ...question(model, 'Olá', { maxTokens: 1e6 }), overflow: { type: 'cut-middle', keep: 4 } as const };
  const stream = engine.generate(request, { signal: abort.signal, caller })[Symbol.asyncIterator]();
  await stream.next();
  return async () => {
    abort.abort(new Error('released'));
    await expect(readOn(stream)).rejects.toThrow('released');
  };
}

async function readOn(stream: AsyncIterator<unknown>): Promise<void> {
  while ((await stream.next()).done !== true);
}
