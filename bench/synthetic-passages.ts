import type { DocumentToIndex } from '@billumy/server/core/retrieval/index-documents';
import { portugueseStopWords } from '@billumy/server/core/retrieval/stop-words';
import { everyone } from '@billumy/server/models/passage-filter';

export interface SyntheticCorpus {
  documents: readonly DocumentToIndex[];
  /** One per passage, in the order of the documents. */
  vectors: readonly Float32Array[];
  collections: readonly string[];
}

const passagesPerDocument = 10;
const wordsPerPassage = 80;
const vocabularySize = 35_000;
const clusters = 1_000;
const collectionCount = 20;

const roots = 'prazo entreg contrat client pagament produt servic relator operac equip projet regra norm'.split(' ');
const suffixes = ['o', 'a', 'os', 'as', 'ção', 'ções', 'mente', 'ável', 'ência', 'ado', 'ando', 'ismo', 'ista', 'dade'];

/** Passages of words with Zipf's frequencies and Portuguese endings, and unit vectors around a thousand centres. */
export function syntheticCorpus(passages: number, dimensions: number): SyntheticCorpus {
  const random = seededRandom(42);
  const contentWords = Array.from({ length: vocabularySize }, (_, rank) => word(rank));
  // As in a natural text, the most frequent words are those that say nothing.
  const vocabulary = [...portugueseStopWords, ...contentWords];
  const pick = zipf(vocabulary.length, random);
  const centres = Array.from({ length: clusters }, () => randomVector(dimensions, random));
  const collections = Array.from({ length: collectionCount }, (_, number) => `collection-${number}`);
  const documents = Array.from({ length: passages / passagesPerDocument }, (_, number): DocumentToIndex => {
    const id = `doc_${number}`;
    const collection = collections[number % collectionCount]!;
    return {
      documentId: id,
      revision: 1,
      collection,
      readers: [everyone],
      passages: Array.from({ length: passagesPerDocument }, (__, ordinal) => {
        const text = Array.from({ length: wordsPerPassage }, () => vocabulary[pick()]!).join(' ');
        const place = { start: 0, end: text.length, page: null, pageBreaks: [], language: 'pt' as const };
        return {
          id: `${id}:1:${ordinal}`,
          documentId: id,
          revision: 1,
          ordinal,
          collection,
          title: '',
          section: [],
          text,
          ...place,
        };
      }),
    };
  });
  const vectors = Array.from({ length: passages }, (_, number) => near(centres[(number * 7) % clusters]!, random));
  return { documents, vectors, collections };
}

/** The same numbers in every run, 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A vector of length 1 close to another one. */
export function near(centre: Float32Array, random: () => number): Float32Array {
  const spread = 0.6 / Math.sqrt(centre.length);
  return normalized(centre.map((value) => value + spread * gaussian(random)));
}

/** The rank-th most frequent word. */
function word(rank: number): string {
  const root = roots[rank % roots.length]!;
  const ending = suffixes[Math.floor(rank / roots.length) % suffixes.length]!;
  const middle = Math.floor(rank / (roots.length * suffixes.length));
  return (
    root + (middle === 0 ? '' : middle.toString(36).replaceAll(/\d/g, (digit) => 'bcdfghjlmn'[Number(digit)]!)) + ending
  );
}

function zipf(size: number, random: () => number): () => number {
  const cumulative = new Float64Array(size);
  let total = 0;
  for (let rank = 0; rank < size; rank += 1) cumulative[rank] = total += 1 / (rank + 2.7);
  return () => {
    const target = random() * total;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function randomVector(dimensions: number, random: () => number): Float32Array {
  return normalized(Float32Array.from({ length: dimensions }, () => gaussian(random)));
}

function normalized(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return vector.map((value) => value / length);
}

/** Nearly normal, and cheap: the sum of uniform numbers. */
function gaussian(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}
