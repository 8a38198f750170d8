import { refuse } from '../dialects/refusal.ts';
import { keptMs, parseDuration } from '../ollama/go/duration.ts';

/** Milliseconds of `keep_alive`, which is Ollama's: seconds, or a text such as `1h30m`; Infinity for what is for ever. */
export function parseKeepAlive(value: string | number | null | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  return keptMs(typeof value === 'number' ? value * 1000 : durationOf(value));
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw refuse('keep_alive', `Invalid value for 'keep_alive': ${(error as TypeError).message}`);
  }
}
