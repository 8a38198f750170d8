import { expect } from 'vitest';
import type { Engine, GeneratePart, GenerateRequest } from '../../src/ports/engine.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { collect, idle } from '../support/engine-calls.ts';

export interface EngineStreamHarness {
  /** An engine that can answer `request` at least five times. */
  open(): Promise<Engine>;
  /** A request whose answer has more than two parts. */
  request: GenerateRequest;
  deviations?: readonly Deviation[];
}

/** What every engine keeps, also the one that tests write the lines of. */
export const engineStreamContract = defineContract<EngineStreamHarness>('engine stream', (it, { open, request }) => {
  const never = new AbortController().signal;

  it('streams text and finishes once, with the last part', async () => {
    await using engine = await open();
    const parts = await collect(engine.generate(request, { signal: never }));
    const finish = parts.at(-1);
    expect(parts.slice(0, -1).every((part) => part.type === 'text-delta' && part.delta !== '')).toBe(true);
    expect(parts.length).toBeGreaterThan(2);
    expect(finish).toMatchObject({ type: 'finish', usage: { completionTokens: expect.any(Number) } });
  });

  it('ends with the reason of the signal when it aborts midway, and is idle soon after', async () => {
    await using engine = await open();
    const abort = new AbortController();
    const reason = new Error('the caller left');
    const read = async (): Promise<void> => {
      for await (const part of engine.generate(request, { signal: abort.signal })) {
        if (part.type === 'text-delta') abort.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    await idle(engine);
  });

  it('starts nothing for a signal that is aborted already', async () => {
    await using engine = await open();
    const reason = new Error('too late');
    const parts = engine.generate(request, { signal: AbortSignal.abort(reason) });
    await expect(collect(parts)).rejects.toBe(reason);
    await idle(engine);
  });

  it('is idle soon after a consumer left without a word', async () => {
    await using engine = await open();
    const seen: GeneratePart[] = [];
    for await (const part of engine.generate(request, { signal: never })) {
      seen.push(part);
      break;
    }
    expect(seen).toHaveLength(1);
    await idle(engine);
  });

  it('tells its state before use, and closes twice without complaint', async () => {
    const engine = await open();
    expect(await engine.status()).toMatchObject({ state: 'ok', reason: null, waiting: 0 });
    await engine[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  });
});
