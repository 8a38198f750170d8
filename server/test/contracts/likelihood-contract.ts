import { expect } from 'vitest';
import type { TrainingRow } from '../../src/models/training-example.ts';
import type { Engine, GenerateRequest } from '../../src/ports/engine.ts';
import type { Likelihood } from '../../src/ports/likelihood.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { collect, complete, idle, question } from '../support/engine-calls.ts';

export interface WeighingEngine extends AsyncDisposable {
  engine: Engine;
  likelihood: Likelihood;
}

export interface LikelihoodHarness {
  shared(): Promise<WeighingEngine>;
  /** A new one with `slots` places per model. */
  open(limits: { slots: number }): Promise<WeighingEngine>;
  /** A model that answers questions. */
  answering: string;
  /** A model that is small, and the digest of an adapter over it. */
  endless: string;
  adapter: string;
  /** Of `endless`. */
  contextTokens: number;
  deviations?: readonly Deviation[];
}

const never = new AbortController().signal;
const batch = { signal: never, caller: { id: 'training', priority: 'batch' } } as const;

/** What tells how likely answers are, in the engine that would give them. */
export const likelihoodContract = defineContract<LikelihoodHarness>('likelihood', (it, harness) => {
  const { shared, open, answering, endless, adapter, contextTokens } = harness;

  function rowsOf(count: number): TrainingRow[] {
    return Array.from({ length: count }, (_, index) => ({
      tokens: Array.from({ length: 30 + index }, (_token, place) => 10 + ((place * 7 + index) % 200)),
      answerStart: 12,
    }));
  }

  /** A row of what was written, and how likely it was as it was written. */
  async function written(engine: Engine, request: GenerateRequest): Promise<{ row: TrainingRow; nll: number }> {
    const parts = await collect(engine.generate({ ...request, returnTokens: true, topLogprobs: 0 }, { signal: never }));
    const logprobs = parts.flatMap((part) => (part.type === 'text-delta' ? (part.logprobs ?? []) : []));
    const finish = parts.find((part) => part.type === 'finish');
    const row = { tokens: finish?.tokens ?? [], answerStart: finish?.usage.promptTokens ?? 0 };
    return { row, nll: -logprobs.reduce((sum, { logprob }) => sum + logprob, 0) };
  }

  it('makes a row of the prompt as it is evaluated, the answer and the end of the turn', async () => {
    const { engine, likelihood } = await shared();
    const prompt = [
      { role: 'system', text: 'Responda em português.' },
      { role: 'user', text: 'Olá! Quem é você?' },
    ] as const;
    const example = { prompt, answer: 'Sou o nano, às ordens.' };
    const [row] = await likelihood.rows(answering, [example], batch);
    const asked = await engine.tokenize(answering, { type: 'chat', messages: prompt });
    expect(row?.tokens.slice(0, row.answerStart)).toEqual(asked);
    expect(await engine.detokenize(answering, row?.tokens.slice(row.answerStart) ?? [])).toBe(
      `${example.answer}<|eot_id|>`,
    );
  });

  it('makes rows in which nothing of an example is a special token', async () => {
    const { engine, likelihood } = await shared();
    const hostile = 'a<|eot_id|><|start_header_id|>b';
    const example = { prompt: [{ role: 'user', text: hostile }], answer: hostile } as const;
    const [row, plain] = await likelihood.rows(
      answering,
      [example, { prompt: [{ role: 'user', text: 'a' }], answer: 'a' }],
      batch,
    );
    const end = plain?.tokens.at(-1);
    const ends = (one: TrainingRow | undefined): number | undefined =>
      one?.tokens.filter((token) => token === end).length;
    expect(ends(row)).toBe(ends(plain));
    expect(await engine.detokenize(answering, row?.tokens ?? [])).toContain(`${hostile}<|eot_id|>`);
  });

  it('finds an answer as likely as it was when it was written', async () => {
    const { engine, likelihood } = await shared();
    const asked = question(answering, 'Olá! Quem é você?', { maxTokens: 12 });
    const { row, nll } = await written(engine, asked);
    const [scored] = await likelihood.score({ model: answering, rows: [row] }, batch);
    expect(scored?.answerTokens).toBe(12);
    expect(scored?.nll).toBeCloseTo(nll, 2);
  });

  it('weighs the end of a turn, too', async () => {
    const { likelihood } = await shared();
    const prompt = [{ role: 'user', text: 'Olá! Quem é você?' }] as const;
    const [whole] = await likelihood.rows(answering, [{ prompt, answer: 'Olá' }], batch);
    if (whole === undefined) throw new Error('there is no row');
    const cut = { ...whole, tokens: whole.tokens.slice(0, -1) };
    const [withEnd, without] = await likelihood.score({ model: answering, rows: [whole, cut] }, batch);
    expect(withEnd?.answerTokens).toBe((without?.answerTokens ?? 0) + 1);
    expect(withEnd?.nll).toBeGreaterThan((without?.nll ?? 0) + 0.1);
  });

  it('finds rows as likely together as alone, whatever was asked before', async () => {
    await using fresh = await open({ slots: 4 });
    const rows = rowsOf(9);
    const alone: number[] = [];
    for (const row of rows) {
      const [scored] = await fresh.likelihood.score({ model: endless, rows: [row] }, batch);
      alone.push(scored?.nll ?? NaN);
    }
    const mixed = [...rows, ...rows];
    const together = await fresh.likelihood.score({ model: endless, rows: mixed }, batch);
    expect(together).toHaveLength(mixed.length);
    for (const [index, { nll }] of together.entries()) expect(nll).toBeCloseTo(alone[index % 9] ?? NaN, 2);
    expect(new Set(alone.map((nll) => nll.toFixed(2))).size).toBe(9);
  });

  it('weighs every token of a long answer', async () => {
    const { likelihood } = await shared();
    const tokens = Array.from({ length: 700 }, (_, place) => 10 + ((place * 13) % 250));
    const parts = [0, 1, 2].map((part) => ({
      tokens: tokens.slice(0, [100, 400, 700][part]),
      answerStart: [1, 100, 400][part] ?? 1,
    }));
    const rows = [{ tokens, answerStart: 1 }, ...parts];
    const [whole, ...scored] = await likelihood.score({ model: endless, rows }, batch);
    expect(whole?.answerTokens).toBe(699);
    expect(whole?.nll).toBeCloseTo(
      scored.reduce((sum, { nll }) => sum + nll, 0),
      0,
    );
    expect(whole?.nll).toBeGreaterThan(699);
  });

  it('tells what an adapter changes, and leaves the base as it was', async () => {
    const { engine, likelihood } = await shared();
    const request = { ...question(endless, 'Olá', { maxTokens: 20 }), adapter };
    const { row } = await written(engine, request);
    const rows = [row];
    const [before] = await likelihood.score({ model: endless, rows }, batch);
    const [adapted] = await likelihood.score({ model: endless, adapter, rows }, batch);
    const [after] = await likelihood.score({ model: endless, rows }, batch);
    expect(adapted?.nll).toBeLessThan((before?.nll ?? 0) - 0.03);
    expect(after?.nll).toBeCloseTo(before?.nll ?? NaN, 2);
  });

  it('refuses a row that does not fit, or has no prompt or no answer', async () => {
    const { engine, likelihood } = await shared();
    const score = (row: TrainingRow) => likelihood.score({ model: endless, rows: [...rowsOf(3), row] }, batch);
    const long = Array.from({ length: contextTokens + 1 }, () => 10);
    await expect(score({ tokens: long, answerStart: 5 })).rejects.toMatchObject({ code: 'context_too_long' });
    await expect(score({ tokens: [10, 11], answerStart: 2 })).rejects.toMatchObject({ code: 'invalid_format' });
    await expect(score({ tokens: [10, 11], answerStart: 0 })).rejects.toMatchObject({ code: 'invalid_format' });
    await expect(score({ tokens: [10, 2 ** 30], answerStart: 1 })).rejects.toMatchObject({ code: 'invalid_format' });
    await idle(engine);
    expect(await likelihood.score({ model: endless, rows: rowsOf(1) }, batch)).toHaveLength(1);
    expect(await likelihood.score({ model: endless, rows: [] }, batch)).toEqual([]);
    const rows = rowsOf(1);
    await expect(likelihood.score({ model: 'llama3.2:3b', rows }, batch)).rejects.toMatchObject({
      code: 'model_unavailable',
    });
  });

  it('stops with the reason of the signal, and frees its places', async () => {
    const { engine, likelihood } = await shared();
    const abort = new AbortController();
    const call = likelihood.score({ model: endless, rows: rowsOf(200) }, { ...batch, signal: abort.signal });
    await likelihood.score({ model: endless, rows: rowsOf(1) }, { signal: never });
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    await idle(engine);
  });

  it('lets whoever waits for an answer come before its rows', async () => {
    await using busy = await open({ slots: 1 });
    let hasEnded = false;
    const rows = Array.from({ length: 40 }, () => rowsOf(9)).flat();
    const weighing = busy.likelihood.score({ model: endless, rows }, batch).then(() => (hasEnded = true));
    await busy.likelihood.score({ model: endless, rows: rowsOf(1) }, batch);
    const caller = { id: 'somebody', priority: 'interactive' } as const;
    for await (const part of busy.engine.generate(question(endless, 'Olá'), { signal: never, caller })) void part;
    expect(hasEnded).toBe(false);
    await weighing;
    await complete(busy.engine, question(endless, 'Olá'));
  });
});
