import { refuse } from '../dialects/refusal.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const duration = /^-?(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/;
const piece = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** Milliseconds of Ollama's `keep_alive`: seconds, or a text such as `1h30m`; Infinity for what is negative. */
export function parseKeepAlive(value: string | number | null | undefined): number | null | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? parseDuration(String(value)) : seconds * 1000;
  return ms < 0 ? Infinity : ms;
}

function parseDuration(text: string): number {
  if (!duration.test(text)) throw refuse('keep_alive', `Invalid value for 'keep_alive': "${text}" is no duration.`);
  const pieces = [...text.matchAll(piece)].map(([, amount, unit = '']) => Number(amount) * (unitMs[unit] ?? 0));
  const total = pieces.reduce((sum, ms) => sum + ms, 0);
  return text.startsWith('-') ? -total : total;
}
