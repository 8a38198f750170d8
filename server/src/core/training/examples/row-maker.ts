import type { TrainingExample, TrainingRow } from '../../../models/training-example.ts';
import type { CallOptions } from '../../../ports/engine.ts';
import type { Likelihood } from '../../../ports/likelihood.ts';

/** Makes rows of examples in the form of the serving template; an example that was made into a row once stays it. */
export interface RowMaker {
  toRow(example: TrainingExample, call: CallOptions): Promise<TrainingRow>;
  /** In order. */
  toRows(examples: readonly TrainingExample[], call: CallOptions): Promise<TrainingRow[]>;
}

/** Examples of one call: others take turns with it. */
const batchSize = 64;

export function createRowMaker({ likelihood, model }: { likelihood: Likelihood; model: string }): RowMaker {
  const known = new WeakMap<TrainingExample, TrainingRow>();

  async function make(examples: readonly TrainingExample[], call: CallOptions): Promise<void> {
    const rows = await likelihood.rows(model, examples, call);
    for (const [index, example] of examples.entries()) {
      const row = rows[index];
      if (row === undefined) throw new Error('the engine gave fewer rows than examples');
      known.set(example, row);
    }
  }

  async function toRows(examples: readonly TrainingExample[], call: CallOptions): Promise<TrainingRow[]> {
    const missing = [...new Set(examples)].filter((example) => !known.has(example));
    for (let start = 0; start < missing.length; start += batchSize) {
      await make(missing.slice(start, start + batchSize), call);
    }
    return examples.flatMap((example) => known.get(example) ?? []);
  }

  return {
    toRows,
    async toRow(example, call) {
      const [row] = await toRows([example], call);
      if (row === undefined) throw new Error('the engine gave no row');
      return row;
    },
  };
}
