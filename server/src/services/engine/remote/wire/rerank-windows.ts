import { AppError } from '../../../../errors/app-error.ts';
import { halves, unlessTooLong } from './embed-windows.ts';

type RerankSome = (texts: readonly string[]) => Promise<number[]>;

const mostWindows = 64;
const shortestWindow = 16;

/** One relevance per text; of one that is longer than the window of the model, that of its best part. */
export async function rerankWindows(texts: readonly string[], rerankSome: RerankSome): Promise<number[]> {
  if (texts.length === 0) return [];
  const together = await unlessTooLong(rerankSome(texts));
  if (together !== undefined) return together;
  const relevances: number[] = [];
  for (const text of texts) relevances.push(await bestPart(text, rerankSome));
  return relevances;
}

async function bestPart(text: string, rerankSome: RerankSome): Promise<number> {
  const waiting = [text];
  let best = 0;
  for (let windows = 1; waiting.length > 0;) {
    const part = waiting.pop()!;
    const [relevance] = (await unlessTooLong(rerankSome([part]))) ?? [];
    if (relevance !== undefined) best = Math.max(best, relevance);
    else if (++windows > mostWindows || part.length < shortestWindow) throw new AppError('context_too_long');
    else waiting.push(...halves(part));
  }
  return best;
}
