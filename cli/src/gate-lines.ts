import {
  formatMeasure,
  gateSchema,
  limitOfMeasure,
  nameOfMeasure,
  reasonOfMeasure,
  type GateCheck,
  type Job,
} from '@billumy/protocol';
import type { TextLanguage } from './texts.ts';

/** What the gate of a training measured, a line each, and under what did not pass, why; none for jobs without a gate. */
export function gateLines(result: Job['result'], language: TextLanguage): string[] {
  const { data: checks = [] } = gateSchema.shape.checks.safeParse(result?.['gate']);
  return checks.flatMap((check) => [lineOf(check, language), ...reasonFor(check, language)]);
}

/** Such as `  ✓ Loss on what it could do before: 5.953 → 0.140 (at most 5.655)`. */
function lineOf(check: GateCheck, language: TextLanguage): string {
  const { name, before, after, passed } = check;
  const shown = (value: number | null): string => (value === null ? '?' : formatMeasure(name, value, language));
  const limit = limitOfMeasure(check, language);
  const measured = `${nameOfMeasure(name, language)}: ${shown(before)} → ${shown(after)}`;
  return `  ${passed ? '✓' : '✗'} ${measured}${limit === undefined ? '' : ` (${limit})`}`;
}

function reasonFor({ name, passed }: GateCheck, language: TextLanguage): string[] {
  const reason = passed ? undefined : reasonOfMeasure(name, language);
  return reason === undefined ? [] : [`    ${reason}`];
}
