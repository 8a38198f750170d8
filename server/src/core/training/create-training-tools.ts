import type { GateCheck } from '../../models/training-version.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Likelihood } from '../../ports/likelihood.ts';
import { createRowMaker } from './examples/row-maker.ts';
import { judge, type GateRow } from './gate/judge.ts';
import { measure, type Measures } from './gate/measure.ts';
import { createReplay } from './replay/create-replay.ts';
import { passagesOfDocuments } from './replay/replay-passage.ts';
import type { TrainingTools } from './training-tools.ts';

export interface TrainingToolsPorts {
  engine: Engine;
  likelihood: Likelihood;
  documents: DocumentStore;
}

const seed = 1;

/** The engine that serves makes rows and measures; documents and the base give what is replayed. */
export function createTrainingTools({ engine, likelihood, documents }: TrainingToolsPorts): TrainingTools<Measures> {
  // The questions are fixed, and so is a file: whoever trains again need not ask the base again.
  const retrievalOfBases = new Map<string, number>();
  return {
    // Examples that were accepted earlier are all trained along, so none needs to be replayed.
    replay: (request, call) =>
      createReplay({ ...request, earlier: [], passages: passagesOfDocuments(documents), engine, seed }, call),
    async toItems({ model, examples }, call) {
      const rows = await createRowMaker({ likelihood, model }).toRows(examples, call);
      return rows.flatMap((row, index) => {
        const example = examples[index];
        return example === undefined ? [] : [{ example, row }];
      });
    },
    async measure({ base, adapter, ...sets }, call) {
      const isBase = adapter === undefined;
      const { model, sha256 } = base;
      const known = isBase ? retrievalOfBases.get(sha256) : undefined;
      const request = { engine, likelihood, model, adapter, knownRetrieval: known, sets };
      const measures = await measure(request, call);
      if (isBase) retrievalOfBases.set(sha256, measures.retrieval);
      return measures;
    },
    judge({ before, after }) {
      const { accepted, table } = judge(before, after);
      return { accepted, checks: table.map(toCheck) };
    },
  };
}

function toCheck({ name, before, after, limit, holds }: GateRow): GateCheck {
  return {
    name,
    before: finite(before),
    after: finite(after),
    limit: limit === null ? null : finite(limit),
    passed: holds,
  };
}

/** JSON has no word for what is no number. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
