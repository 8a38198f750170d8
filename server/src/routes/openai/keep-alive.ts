import { refuse } from '../dialects/refusal.ts';
import { parseDuration } from '../ollama/go/duration.ts';

/** Milliseconds of `keep_alive`, which is Ollama's: seconds, or a text such as `1h30m`; Infinity for what is negative. */
export function parseKeepAlive(value: string | number | null | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const milliseconds = typeof value === 'number' ? value * 1000 : durationOf(value);
  return milliseconds < 0 ? Infinity : milliseconds;
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw refuse('keep_alive', `Invalid value for 'keep_alive': ${(error as TypeError).message}`);
  }
}
