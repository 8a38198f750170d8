import type {
  CallContext,
  ChosenModel,
  CompletionPart,
  CompletionRequest,
  Completions,
} from '../../../core/completions/completions.ts';
import type { StartedPart } from '../../dialects/begin-completion.ts';

/** A part of one of several completions. */
export interface ChoicePart {
  index: number;
  part: StartedPart;
}

export interface Choices {
  /** What answers the first of them. */
  model: ChosenModel;
  parts: AsyncIterable<ChoicePart>;
}

/** So many run side by side; the others follow. */
const atOnce = 8;

/**
 * Begins the completions and waits until one answers; rejects with what fails before. Their parts come as they are
 * written. When one fails, or the reader leaves, all end.
 */
export async function beginChoices(
  completions: Completions,
  requests: readonly CompletionRequest[],
  context: CallContext,
): Promise<Choices> {
  const [only, ...others] = requests;
  const parts =
    only !== undefined && others.length === 0
      ? alone(completions.complete(only, context))
      : together(completions, requests, context);
  const first = await parts.next();
  if (first.done === true || first.value.part.type !== 'start') throw new Error('a completion began without its start');
  return { model: first.value.part.model, parts: withoutStarts(parts) };
}

async function* alone(parts: AsyncIterable<CompletionPart>): AsyncGenerator<{ index: number; part: CompletionPart }> {
  for await (const part of parts) yield { index: 0, part };
}

function together(completions: Completions, requests: readonly CompletionRequest[], context: CallContext) {
  const ending = new AbortController();
  const signal = AbortSignal.any([context.signal, ending.signal]);
  const streams = requests.map((request) => () => completions.complete(request, { ...context, signal }));
  return interleave(streams, () => ending.abort());
}

async function* withoutStarts(
  parts: AsyncIterable<{ index: number; part: CompletionPart }>,
): AsyncGenerator<ChoicePart> {
  for await (const { index, part } of parts) if (part.type !== 'start') yield { index, part };
}

async function* interleave<Part>(
  streams: readonly (() => AsyncIterable<Part>)[],
  end: () => void,
): AsyncGenerator<{ index: number; part: Part }> {
  const waiting = [...streams.entries()];
  const running = new Map<number, { iterator: AsyncIterator<Part>; next: Promise<Arrival<Part>> }>();
  const advance = (index: number, iterator: AsyncIterator<Part>): void => {
    const next = iterator.next().then((result) => ({ index, iterator, result }));
    // It may fail while the reader is busy with another part; the next turn of the loop hears of it.
    next.catch(() => undefined);
    // Behind the others: of several that are ready, the first one in order is taken.
    running.delete(index);
    running.set(index, { iterator, next });
  };
  const beginNext = (): void => {
    const [entry] = waiting.splice(0, 1);
    if (entry !== undefined) advance(entry[0], entry[1]()[Symbol.asyncIterator]());
  };
  try {
    for (let count = 0; count < atOnce; count += 1) beginNext();
    while (running.size > 0) {
      const { index, iterator, result } = await Promise.race([...running.values()].map(({ next }) => next));
      if (result.done === true) {
        running.delete(index);
        beginNext();
      } else {
        advance(index, iterator);
        yield { index, part: result.value };
      }
    }
  } finally {
    end();
    const left = [...running.values()];
    await Promise.allSettled(left.map(({ next }) => next));
    await Promise.allSettled(left.map(async ({ iterator }) => iterator.return?.()));
  }
}

interface Arrival<Part> {
  index: number;
  iterator: AsyncIterator<Part>;
  result: IteratorResult<Part, unknown>;
}
