import type { TrainingRow } from '../../../models/training-example.ts';
import type { CallOptions } from '../../../ports/engine.ts';
import type { Likelihood, RowLikelihood } from '../../../ports/likelihood.ts';
import type { EngineChild } from './child-process.ts';
import { request } from './child-call.ts';
import type { Resident } from './resident.ts';
import type { Place, Residents, Wanted } from './residents.ts';

export interface RowLikelihoodOptions {
  residents: Residents;
  childOf(resident: Resident): EngineChild;
  childAt(place: Place): EngineChild;
}

/** Rows that are weighed at once: prompts that are read together share the matrices of the model. */
const mostAtOnce = 4;

/** Weighs rows in the contexts that answer, each row in a place of its own, so that other calls come in between. */
export function createRowLikelihood({ residents, childOf, childAt }: RowLikelihoodOptions): Likelihood {
  async function scoreRow(row: TrainingRow, wanted: Wanted, options: CallOptions): Promise<RowLikelihood> {
    const place = await residents.enter(wanted, options);
    const message = { type: 'score', model: place.resident.name, row } as const;
    const { signal } = options;
    const { nll } = await request(childAt(place), { message, expected: 'score', signal, onEnd: place.release });
    return { nll, answerTokens: row.tokens.length - row.answerStart };
  }

  return {
    async rows(model, examples, { signal }) {
      const rows: TrainingRow[] = [];
      for (const example of examples) {
        signal.throwIfAborted();
        const row = await residents.visitAny(model, (resident) => {
          const message = { type: 'row', model: resident.name, example } as const;
          return request(childOf(resident), { message, expected: 'row' });
        });
        rows.push({ tokens: row.tokens, answerStart: row.answerStart });
      }
      return rows;
    },
    async score({ rows, ...wanted }, { signal, caller }) {
      const failure = new AbortController();
      const options = { caller, signal: AbortSignal.any([signal, failure.signal]) };
      const results: RowLikelihood[] = [];
      const waiting = rows.entries();
      const work = async (): Promise<void> => {
        for (const [index, row] of waiting) results[index] = await scoreRow(row, wanted, options);
      };
      signal.throwIfAborted();
      try {
        await Promise.all(Array.from({ length: mostAtOnce }, work));
      } catch (error) {
        failure.abort();
        throw error;
      }
      return results;
    },
  };
}
