import type { Passage } from '../../models/passage.ts';
import { parsePassageId } from '../../models/passage-id.ts';
import type { Cache } from '../../ports/cache.ts';
import type { Engine } from '../../ports/engine.ts';
import type { SearchIndex } from '../../ports/search-index.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import { coverageOf, weighQuestion, type WeighedQuestion } from './coverage.ts';
import { createDenseLeg } from './dense-leg.ts';
import { fuse, type FusedHit, type LegList } from './fuse.ts';
import { createRerank } from './rerank.ts';
import type { RetrievalRequest, RetrievalResult, Retrieval, RetrievedPassage } from './retrieval.ts';
import { analyzeQuestion } from './text-analysis.ts';

export interface RetrievalPorts {
  index: SearchIndex;
  engine: Engine;
  cache: Cache;
  languageModels: Pick<LanguageModels, 'forEmbedding' | 'forReranking'>;
}

interface Candidates {
  hits: FusedHit[];
  questions: readonly WeighedQuestion[];
  degraded: string | null;
}

const hitsPerLeg = 50;
/** A document may be replaced between the legs and the reading of its passages; then the search starts over. */
const attempts = 10;

export function createRetrieval({ index, engine, cache, languageModels }: RetrievalPorts): Retrieval {
  const searchDense = createDenseLeg({ index, engine, cache, languageModels });
  const rerank = createRerank({ engine, languageModels });

  const searchLegs = async (
    { queries, filter }: RetrievalRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<Candidates> => {
    const analyzed = queries.map(analyzeQuestion);
    const lexical = Promise.all(
      analyzed.map(({ words, stems }) => index.lexical({ words, stems, filter, limit: hitsPerLeg })),
    );
    const [results, dense] = await Promise.all([
      lexical,
      searchDense({ queries, filter, limit: hitsPerLeg }, { signal }),
    ]);
    const lexicalLists = results.map(({ hits }): LegList => ({ leg: 'lexical', hits }));
    return {
      hits: fuse([...lexicalLists, ...dense.lists]),
      questions: analyzed.map((question, position) => weighQuestion(question, results[position]!)),
      degraded: dense.degraded,
    };
  };

  const searchOnce = async (
    request: RetrievalRequest,
    { signal, isLastAttempt }: { signal: AbortSignal; isLastAttempt: boolean },
  ): Promise<RetrievalResult | null> => {
    const candidates = await searchLegs(request, { signal });
    signal.throwIfAborted();
    const reranking = await rerank.begin(request.limit);
    const chosen = capPerDocument(candidates.hits, request.perDocument).slice(0, reranking.candidates);
    const passages = await index.passages(
      chosen.map((hit) => hit.passageId),
      request.filter,
    );
    if (passages.length < chosen.length && !isLastAttempt) return null;
    const retrieved = describe(chosen, { passages, questions: candidates.questions });
    const ordered = await reranking.order(retrieved, { query: request.queries[0] ?? '', signal });
    return {
      passages: ordered.passages.slice(0, request.limit),
      degraded: candidates.degraded ?? ordered.degraded,
    };
  };

  return {
    async search(request, { signal }) {
      for (let attempt = 1; ; attempt += 1) {
        const result = await searchOnce(request, { signal, isLastAttempt: attempt === attempts });
        if (result !== null) return result;
      }
    },
  };
}

function capPerDocument(hits: readonly FusedHit[], most: number): FusedHit[] {
  const taken = new Map<string, number>();
  return hits.filter(({ passageId }) => {
    const { documentId } = parsePassageId(passageId);
    const count = (taken.get(documentId) ?? 0) + 1;
    taken.set(documentId, count);
    return count <= most;
  });
}

function describe(
  hits: readonly FusedHit[],
  { passages, questions }: { passages: readonly Passage[]; questions: readonly WeighedQuestion[] },
): RetrievedPassage[] {
  const coverage = coverageOf(questions);
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  return hits.flatMap(({ passageId, score, lexical, dense }) => {
    const passage = byId.get(passageId);
    return passage === undefined ? [] : [{ passage, score, lexical, dense, coverage: coverage(passage) }];
  });
}
