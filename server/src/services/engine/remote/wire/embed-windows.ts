import { AppError, isAppError } from '../../../../errors/app-error.ts';
import { told } from '../../../../errors/told.ts';
import { normalised } from './unit-vectors.ts';

type EmbedSome = (texts: readonly string[]) => Promise<Float32Array[]>;

const textsAtOnce = 64;
const mostWindows = 64;
/** Shorter texts that do not fit are not cut further: the window is not what is wrong with them. */
const shortestWindow = 16;

/**
 * One vector per text. One that is longer than the window of the model is cut into halves until they fit, and gets the
 * average of their vectors, by their length; a text without content gets zeros.
 */
export async function embedWindows(texts: readonly string[], embedSome: EmbedSome): Promise<Float32Array[]> {
  const filled = texts.filter((text) => text !== '');
  const vectors: Float32Array[] = [];
  for (let start = 0; start < filled.length; start += textsAtOnce) {
    const some = filled.slice(start, start + textsAtOnce);
    vectors.push(...(await embedBatch(some, embedSome)));
  }
  const dimensions = (vectors[0] ?? (await embedSome(['.']))[0])?.length ?? 0;
  let next = 0;
  return texts.map((text) => (text === '' ? new Float32Array(dimensions) : vectors[next++]!));
}

async function embedBatch(texts: readonly string[], embedSome: EmbedSome): Promise<Float32Array[]> {
  const together = await unlessTooLong(embedSome(texts));
  if (together !== undefined) return together;
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(await embedLong(text, embedSome));
  return vectors;
}

async function embedLong(text: string, embedSome: EmbedSome): Promise<Float32Array> {
  const waiting = [text];
  let sum: Float32Array | undefined;
  for (let windows = 1; waiting.length > 0;) {
    const part = waiting.pop()!;
    const [vector] = (await unlessTooLong(embedSome([part]))) ?? [];
    if (vector !== undefined) {
      sum ??= new Float32Array(vector.length);
      for (let index = 0; index < vector.length; index++) sum[index]! += vector[index]! * part.length;
    } else if (++windows > mostWindows || part.length < shortestWindow) {
      throw new AppError('context_too_long', { detail: told`The text is too long to be embedded as one passage.` });
    } else {
      waiting.push(...halves(part));
    }
  }
  return normalised(sum ?? new Float32Array());
}

/** Cut where a word ends, if one does near the middle. */
export function halves(text: string): [string, string] {
  const middle = text.length >> 1;
  const space = text.indexOf(' ', middle);
  const end = space !== -1 && space < middle + (middle >> 1) ? space : middle;
  return [text.slice(0, end), text.slice(end)];
}

export async function unlessTooLong<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (isAppError(error, 'context_too_long')) return undefined;
    throw error;
  }
}
