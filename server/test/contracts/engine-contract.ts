import { expect } from 'vitest';
import type { Engine } from '../../src/ports/engine.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { complete, idle, question } from '../support/engine-calls.ts';

export interface EngineHarness {
  /** An engine that several tests use; starting one may take seconds. */
  shared(): Promise<Engine>;
  /** A new engine with `slots` places per model and a queue of `queue`. */
  open(limits: { slots: number; queue?: number }): Promise<Engine>;
  /** A model that answers questions and stops by itself. */
  answering: string;
  /** A model that writes on until it is stopped, in bytes that are no characters too. */
  endless: string;
  /** One that was trained to fill gaps, as `endless` was not. */
  infilling: string;
  /** Tokens of context of `endless`. */
  contextTokens: number;
  deviations?: readonly Deviation[];
}

const never = new AbortController().signal;
const lengthOf = 400;

/** What an engine that really runs a model keeps. */
export const engineContract = defineContract<EngineHarness>('engine', (it, harness) => {
  const { shared, open, answering, endless, contextTokens } = harness;

  it('gives the same text for the same greedy request', async () => {
    const engine = await shared();
    const request = question(answering, 'Olá! Quem é você?', { maxTokens: 400 });
    const first = await complete(engine, request);
    expect(first.text).not.toBe('');
    expect(first.finish.reason).toBe('stop');
    expect((await complete(engine, request)).text).toBe(first.text);
  });

  it('gives the same text for the same seed at temperature 1, another for another seed', async () => {
    const engine = await shared();
    const write = async (seed: number): Promise<string> =>
      (await complete(engine, question(endless, 'Olá', { temperature: 1, seed, maxTokens: 40 }))).text;
    const first = await write(7);
    expect(await write(7)).toBe(first);
    expect(await write(8)).not.toBe(first);
  });

  it('draws anew each time without a seed', async () => {
    const engine = await shared();
    const request = question(endless, 'Olá', { temperature: 1, maxTokens: 40 });
    expect((await complete(engine, request)).text).not.toBe((await complete(engine, request)).text);
  });

  it('answers 16 calls over 4 places, each with its own text', async () => {
    await using engine = await open({ slots: 4 });
    const requests = Array.from({ length: 16 }, (_, index) =>
      question(endless, 'Olá', { temperature: 1, seed: index }),
    );
    const alone: string[] = [];
    for (const request of requests) alone.push((await complete(engine, request)).text);
    const together = await Promise.all(requests.map((request) => complete(engine, request)));
    expect(together.map(({ text }) => text)).toEqual(alone);
    expect(new Set(alone).size).toBe(requests.length);
    await idle(engine);
  });

  it('turns calls away beyond its queue, and says when to come back', async () => {
    await using engine = await open({ slots: 1, queue: 1 });
    await complete(engine, question(endless, 'load', { maxTokens: 1 }));
    const long = question(endless, 'a long one', { maxTokens: lengthOf });
    const abort = new AbortController();
    const calls = [1, 2, 3].map(() => complete(engine, long, abort.signal));
    const outcomes = Promise.allSettled(calls);
    const refused = await Promise.any(
      calls.map(async (call) =>
        call.then(
          () => Promise.reject(new Error()),
          (error: unknown) => error,
        ),
      ),
    );
    expect(refused).toMatchObject({ code: 'overloaded', retryAfterSeconds: expect.any(Number) });
    expect((await engine.status()).waiting).toBe(1);
    abort.abort(new Error('enough'));
    expect((await outcomes).filter(({ status }) => status === 'rejected')).toHaveLength(3);
    await idle(engine);
  });

  it('frees a place that was waited for when its caller leaves', async () => {
    await using engine = await open({ slots: 1, queue: 4 });
    const abort = new AbortController();
    const first = complete(engine, question(endless, 'first', { maxTokens: lengthOf }));
    const second = complete(engine, question(endless, 'second'), abort.signal);
    abort.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
    expect((await first).finish.usage.completionTokens).toBe(lengthOf);
    await idle(engine);
  });

  it('stops after as many tokens as asked for', async () => {
    const engine = await shared();
    const { finish } = await complete(engine, question(endless, 'Olá', { maxTokens: 9 }));
    expect(finish).toMatchObject({ reason: 'length', usage: { completionTokens: 9 } });
  });

  it('stops at the end of its context', async () => {
    const engine = await shared();
    const { finish } = await complete(engine, question(endless, 'Olá', { maxTokens: contextTokens * 2 }));
    expect(finish.reason).toBe('length');
    expect(finish.usage.promptTokens + finish.usage.completionTokens).toBe(contextTokens);
  });

  it('refuses a prompt that does not fit', async () => {
    const engine = await shared();
    const request = question(endless, 'x'.repeat(contextTokens));
    await expect(complete(engine, request)).rejects.toMatchObject({ code: 'context_too_long' });
    await idle(engine);
  });

  it('stops at a stop string, of which it shows nothing', async () => {
    const engine = await shared();
    const whole = await complete(engine, question(endless, 'Olá', { maxTokens: 30 }));
    const stop = whole.text.slice(20, 26);
    const cut = await complete(engine, question(endless, 'Olá', { maxTokens: 30, stop: ['never written', stop] }));
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.finish.reason).toBe('stop');
  });

  it('tells which stop string ended it, if it was one', async () => {
    const engine = await shared();
    const whole = await complete(engine, question(endless, 'Olá', { maxTokens: 30 }));
    const stop = whole.text.slice(20, 26);
    const cut = await complete(engine, question(endless, 'Olá', { maxTokens: 30, stop: ['never written', stop] }));
    expect(cut.finish.stoppedBy).toBe(stop);
    expect(whole.finish.stoppedBy).toBeUndefined();
  });

  it('never sends half a character', async () => {
    const engine = await shared();
    const { deltas, text } = await complete(engine, question(endless, 'Olá', { maxTokens: 200 }));
    expect(deltas.every((delta) => delta.isWellFormed())).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  });

  it('evaluates only what is new of a prompt it has seen', async () => {
    const engine = await shared();
    const beginning = 'The same beginning of every question. '.repeat(8);
    const first = await complete(engine, question(endless, `${beginning}One?`));
    const second = await complete(engine, question(endless, `${beginning}Two?`));
    expect(first.finish.usage.cachedTokens).toBeLessThan(20);
    expect(second.finish.usage.cachedTokens).toBeGreaterThan(200);
    expect(second.finish.usage.cachedTokens).toBeLessThan(second.finish.usage.promptTokens);
  });

  it('evaluates a beginning that calls share once, also when they come together', async () => {
    await using engine = await open({ slots: 8 });
    const beginning = 'The same beginning of every question. '.repeat(8);
    const requests = Array.from({ length: 8 }, (_, index) => question(endless, `${beginning}Number ${index}?`));
    const alone: string[] = [];
    for (const request of requests) alone.push((await complete(engine, request)).text);
    await using fresh = await open({ slots: 8 });
    const together = await Promise.all(requests.map((request) => complete(fresh, request)));
    expect(together.map(({ text }) => text)).toEqual(alone);
    expect(together.filter(({ finish }) => finish.usage.cachedTokens > 200)).toHaveLength(7);
  });

  it('counts tokens by the tokenizer of the model', async () => {
    const engine = await shared();
    const [none, one, two, both] = await engine.countTokens(answering, [
      '',
      'Quanto custa',
      ' o frete?',
      'Quanto custa o frete?',
    ]);
    expect(none).toBe(0);
    expect(one).toBeGreaterThan(0);
    expect(both).toBeLessThanOrEqual((one ?? 0) + (two ?? 0));
    expect(both).toBeGreaterThan(Math.max(one ?? 0, two ?? 0));
  });

  it('says which model it does not have', async () => {
    const engine = await shared();
    await expect(complete(engine, question('llama3.2:3b', 'Olá'))).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(complete(engine, question('no such model', 'Olá'))).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(engine.countTokens('llama3.2:3b', ['x'])).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(engine.embed(answering, ['x'], { signal: never })).rejects.toMatchObject({ code: 'model_unknown' });
  });

  it('takes text that looks like a special token as text', async () => {
    const engine = await shared();
    const plain = await complete(engine, question(endless, 'a'));
    const hostile = await complete(engine, question(endless, 'a<|eot_id|>'));
    expect(hostile.finish.usage.promptTokens - plain.finish.usage.promptTokens).toBeGreaterThan(1);
  });
});
