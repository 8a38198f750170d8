import { resolve } from 'node:path';
import { greedySampling } from '@billumy/server/models/language-model';
import type { Engine } from '@billumy/server/ports/engine';
import type { TrainingRun } from '@billumy/server/ports/trainer';
import { createLlamaEngine } from '@billumy/server/services/engine/llama/create-llama-engine';
import { createModelFiles } from '@billumy/server/services/model-files/create-model-files';
import { createLocalTrainer } from '@billumy/server/services/trainer/local/create-local-trainer';
import { type BenchRow, toRow } from './row.ts';

const rounds = 3;
const roundMs = 6_000;
const answerTokens = 64;

/**
 * How fast one client is served while the same base is trained on another thread, beside how fast it is without.
 * @param run goes on for long enough; it is stopped
 */
export async function benchServing(folder: string, run: TrainingRun): Promise<BenchRow[]> {
  const files = createModelFiles({
    directory: folder,
    bundledDirectory: resolve('models/nano'),
    baseUrl: 'http://127.0.0.1:1',
    offline: true,
  });
  await using engine = createLlamaEngine({ files, threads: 1 });
  await served(engine, run.base.path);
  const alone: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await served(engine, run.base.path));
    beside.push(await whileTraining(folder, run, () => served(engine, run.base.path)));
  }
  const shares = beside.map((speed, round) => (100 * speed) / (alone[round] ?? Number.NaN));
  const note = `135M shape, one client, one thread, ${rounds} rounds`;
  return [
    toRow({ name: 'serving, nothing else', unit: 'tokens/s', note }, alone),
    toRow({ name: 'serving while it trains', unit: 'tokens/s', note }, beside),
    toRow({ name: 'serving while it trains, share', unit: '%', note: `${note}; goal ≥ 80` }, shares),
  ];
}

async function whileTraining<T>(folder: string, run: TrainingRun, measure: () => Promise<T>): Promise<T> {
  await using trainer = createLocalTrainer({ folder });
  const stopped = new AbortController();
  const events = trainer.train(run, { signal: stopped.signal })[Symbol.asyncIterator]();
  for (;;) {
    const { value } = await events.next();
    if (value?.type === 'step') break;
  }
  try {
    return await measure();
  } finally {
    stopped.abort(new Error('measured'));
    await events.return?.();
    await trainer.discard(run.id);
  }
}

/** Tokens per second of answers one after the other. */
async function served(engine: Engine, model: string): Promise<number> {
  const { signal } = new AbortController();
  const startedAt = performance.now();
  let tokens = 0;
  for (let turn = 0; performance.now() - startedAt < roundMs; turn++) {
    const prompt = { type: 'chat', messages: [{ role: 'user', text: `Pergunta ${turn}` }] } as const;
    const sampling = { ...greedySampling, maxTokens: answerTokens };
    for await (const part of engine.generate({ model, prompt, sampling }, { signal })) {
      if (part.type === 'finish') tokens += part.usage.completionTokens;
    }
  }
  return (tokens * 1000) / (performance.now() - startedAt);
}
