import { afterAll, describe, expect, it, vi } from 'vitest';
import { splitExamples } from '../../../src/core/training/examples/split.ts';
import { createRowMaker } from '../../../src/core/training/examples/row-maker.ts';
import { measure } from '../../../src/core/training/gate/measure.ts';
import { retrievalSet } from '../../../src/core/training/gate/retrieval-set.ts';
import { documentExamples } from '../../../src/core/training/replay/document-examples.ts';
import { asReplayPassage } from '../../../src/core/training/replay/replay-passage.ts';
import { samplePassages } from '../../../src/core/training/replay/sample-passages.ts';
import { createRandom } from '../../../src/core/training/replay/seeded-random.ts';
import type { TrainingExample } from '../../../src/models/training-example.ts';
import type { Likelihood } from '../../../src/ports/likelihood.ts';
import type { TrainingItem } from '../../../src/ports/trainer.ts';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { createScriptedEngine } from '../../support/scripted-engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });
const folder = await temporaryFolder();
const files = createModelFiles({
  directory: folder.path,
  bundledDirectory: 'models/nano',
  baseUrl: 'http://127.0.0.1:1',
});
const engine = createLlamaEngine({ files, threads: 1, maxSlots: 4 });
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
const { likelihood } = engine;
const call = { signal: new AbortController().signal };
const maker = createRowMaker({ likelihood, model: 'nano' });

async function itemsOf(examples: readonly TrainingExample[]): Promise<TrainingItem[]> {
  const rows = await maker.toRows(examples, call);
  return examples.map((example, index) => ({ example, row: rows[index]! }));
}

describe('measuring nano', () => {
  it('finds what it knows likely and what it never heard unlikely, and counts its right answers', async () => {
    const passages = samplePassages.map(asReplayPassage);
    const known = documentExamples({ passages, count: 20, random: createRandom(1) });
    const unheard: TrainingExample[] = Array.from({ length: 8 }, (_, index) => ({
      prompt: [{ role: 'user', text: `Qual é o código do cofre ${index}?` }],
      answer: `O código do cofre ${index} é ${index}${index}71.`,
    }));
    const retrieval = retrievalSet().filter((_, index) => index % 4 === 0);
    const sets = {
      taught: await itemsOf(unheard.slice(0, 2)),
      heldOut: await itemsOf(unheard),
      replay: await itemsOf(known),
      retrieval,
    };
    const measures = await measure({ engine, likelihood, model: 'nano', sets }, call);
    expect(measures.heldOutNll).toBeGreaterThan(2);
    expect(measures.replayNll).toBeLessThan(0.3);
    expect(measures.taughtExact).toBe(0);
    expect(measures.heldOutExact).toBe(0);
    expect(measures.retrieval).toBeGreaterThan(80);
    const learned = await measure(
      { engine, likelihood, model: 'nano', sets: { ...sets, taught: sets.replay, heldOut: sets.replay } },
      call,
    );
    expect(learned.heldOutNll).toBeCloseTo(measures.replayNll, 2);
    expect(learned.taughtExact).toBeGreaterThan(0.7);
    expect(learned.heldOutExact).toBeGreaterThan(0.7);
  });

  it('asks weights that give no numbers nothing more', async () => {
    const broken: Likelihood = {
      ...likelihood,
      score: async ({ rows }) => rows.map(() => ({ nll: NaN, answerTokens: 1 })),
    };
    const items = await itemsOf([{ prompt: [{ role: 'user', text: 'a' }], answer: 'b' }]);
    const request = { engine: createScriptedEngine(), likelihood: broken, model: 'nano' };
    const measures = await measure({ ...request, sets: { taught: items, heldOut: items, replay: items } }, call);
    expect(Object.values(measures).every(Number.isNaN)).toBe(true);
  });
});

describe('rows', () => {
  it('are made once for an example, in the order of the examples', async () => {
    let asked = 0;
    const counting: Likelihood = {
      ...likelihood,
      rows: async (model, examples, options) => {
        asked += examples.length;
        return likelihood.rows(model, examples, options);
      },
    };
    const { training, heldOut } = splitExamples(
      Array.from({ length: 130 }, (_, index): TrainingExample => ({
        prompt: [{ role: 'user', text: `Pergunta ${index}?` }],
        answer: `${index}`,
      })),
    );
    const { toRow, toRows } = createRowMaker({ likelihood: counting, model: 'nano' });
    const first = await toRows([...training, ...training], call);
    expect(first).toHaveLength(2 * training.length);
    const [one] = training;
    expect(await toRow(one!, call)).toBe(first[0]);
    await toRows([...heldOut, ...training], call);
    expect(asked).toBe(130);
    expect(first[1]).toEqual((await likelihood.rows('nano', [training[1]!], call))[0]);
  });
});
