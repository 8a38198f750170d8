import type { NativeContext } from '../context/native-context.ts';
import type { DrawnToken, Sampler } from '../sampling/sampler.ts';
import type { StepPart } from './step.ts';

/** A decode under way, and the draws that follow it. */
export interface DecodedParts {
  /** Rejects when the decode failed: what the cells hold is unknown then. */
  readonly decoded: Promise<void>;
  readonly draws: readonly PartDraws[];
  /** Resolves when no draw is under way: only then may samplers be disposed of. Never rejects. */
  settled(): Promise<unknown>;
}

/** The tokens that may be drawn for one part, in the order of its text. */
export interface PartDraws {
  readonly part: StepPart;
  readonly count: number;
  draw(index: number): Promise<DrawnToken>;
}

/** Starts one decode with the tokens of all parts. */
export function decodeParts(native: NativeContext, parts: readonly StepPart[], threads: number): DecodedParts {
  native.setThreads(threads);
  native.initBatch(parts.reduce((sum, { tokens }) => sum + tokens.length, 0));
  // llama.cpp computes sequences together only where their numbers follow each other: see `split_equal` there.
  const ordered = parts.toSorted((one, other) => sequenceOf(one) - sequenceOf(other));
  const places = ordered.map((part) => {
    const { tokens, drawn, completion } = part;
    const drawAt = Uint32Array.from({ length: drawn }, (_, index) => tokens.length - drawn + index);
    return native.addToBatch(sequenceOf(part), completion.slot.tokens.length, Uint32Array.from(tokens), drawAt);
  });
  const decoded = native.decodeBatch();
  const queued = ordered.map(({ completion }, index) => queueDraws(completion.sampler, places[index]));
  return {
    decoded,
    draws: ordered.map((part, index) => partDraws(part, { places: places[index], queued: queued[index] })),
    settled: () => Promise.allSettled(queued.flat()),
  };
}

function sequenceOf({ completion }: StepPart): number {
  return completion.slot.sequence;
}

/**
 * Lets the thread of the decode go on with the draws: it does what it is given in order, and waking this thread between
 * them takes as long as a draw.
 */
function queueDraws(sampler: Sampler, places: Uint32Array = new Uint32Array()): Promise<DrawnToken>[] {
  return [...places.subarray(0, sampler.mostQueued)].map((place) => {
    const drawn = sampler.draw(place);
    // A draw that turns out not to be wanted may fail unheard.
    drawn.catch(() => undefined);
    return drawn;
  });
}

function partDraws(
  part: StepPart,
  {
    places = new Uint32Array(),
    queued = [],
  }: { places: Uint32Array | undefined; queued: readonly Promise<DrawnToken>[] | undefined },
): PartDraws {
  return {
    part,
    count: places.length,
    draw: (index) => queued[index] ?? part.completion.sampler.draw(places[index] ?? 0),
  };
}
