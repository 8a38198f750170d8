import type { Label } from '../../../../models/insight.ts';
import { pointerTo } from '../../evidence/result-cells.ts';
import { dayColumnWords, head, periodName, type Telling } from './answer-head.ts';
import { phrases } from './answer-phrases.ts';
import { mostListed } from '../plan/plan-sql.ts';
import type { Shape } from '../plan/plan.ts';

type Changes = Extract<Shape, { kind: 'changes' }>;
type Growth = Extract<Shape, { kind: 'growth' }>;

/** What each group changed by, or those that changed most; null: none can be told. */
export function changesOf(telling: Telling, shape: Changes): string | null {
  const { evidence, parts, language } = telling;
  const words = phrases[language];
  const { order, limit } = shape;
  const rows = evidence.result.rows.map((row, index) => ({
    index,
    place: Number(row[4]),
    amountPlace: Number(row[5]),
  }));
  const ranked = rows.filter(({ place }) => limit === null || place <= limit);
  const lines = ranked.flatMap(({ index }) => {
    const cell = evidence.result.rows[index]?.[0] ?? null;
    const label: Label = { kind: 'value', text: String(cell ?? ''), column: shape.by.name };
    return lineOf(telling, { index, label, needsPercent: limit !== null }) ?? [];
  });
  if (lines.length === 0) return null;
  parts.label('group', { kind: 'column', text: shape.by.name });
  const [from, to] = [
    periodName(telling, { period: shape.previous, name: 'previous_period' }),
    periodName(telling, { period: shape.current, name: 'current_period' }),
  ];
  const of = `${head(telling)} ${words.per}, ${words.changeFrom({ from, to })}${dayColumnWords(telling)}`;
  if (limit === 1 && lines.length === 1) {
    const first = `${of}; ${words.change[order]}: ${lines[0] ?? ''}.`;
    return [first, ...byAmount(telling, shape, rows)].join(' ');
  }
  const groups = Number(evidence.result.rows[0]?.[3] ?? 0);
  const isCut = lines.length === mostListed && groups > mostListed;
  if (isCut) parts.cell('groups', { pointer: pointerTo(0, 3), unit: 'count' });
  return `${of}:\n${lines.map((line) => `- ${line}`).join('\n')}${isCut ? `\n${words.ofAll}` : ''}`;
}

/** From each period to the next, oldest first; null: none can be told. */
export function growthOf(telling: Telling, { grain }: Growth): string | null {
  const { evidence, parts, language } = telling;
  const words = phrases[language];
  const lines = evidence.result.rows
    .flatMap(([start = null], index) => {
      const label: Label = { kind: 'period', start: String(start), grain };
      return lineOf(telling, { index, label, needsPercent: false }) ?? [];
    })
    .toReversed();
  if (lines.length === 0) return null;
  const isCut = Number(evidence.result.rows[0]?.[3] ?? 0) > lines.length;
  if (isCut) parts.cell('groups', { pointer: pointerTo(0, 3), unit: 'count' });
  const of = `${head(telling)}, ${words.growth(words.each[grain])}`;
  return `${of}:\n${lines.map((line) => `- ${line}`).join('\n')}${isCut ? `\n${words.lastOfAll}` : ''}`;
}

/** "Sul: +12,3% (de 100 para 112)"; what was nothing has no percentage, and no place either. */
function lineOf(
  { parts, unit, language }: Telling,
  { index, label, needsPercent }: { index: number; label: Label; needsPercent: boolean },
): string | null {
  const both = [pointerTo(index, 1), pointerTo(index, 2)];
  const percent = parts.computed(`change_pct${index}`, { derivation: 'percent_change', arguments: both, unit: '%' });
  const current = parts.cell(`current${index}`, { pointer: pointerTo(index, 1), unit });
  const previous = parts.cell(`previous${index}`, { pointer: pointerTo(index, 2), unit });
  if (current === null || previous === null || (percent === null && needsPercent)) return null;
  const name = parts.label(`member${index}`, label);
  const values = phrases[language].changeFrom({ from: previous, to: current });
  return `${name}: ${percent === null ? values : `${percent} (${values})`}`;
}

/** The most in percent may be little: where another group changed by more, it is told too. */
function byAmount(
  telling: Telling,
  { by, order }: Changes,
  rows: readonly { index: number; place: number; amountPlace: number }[],
): string[] {
  const { parts, unit, language, evidence } = telling;
  if (rows.some(({ place, amountPlace }) => place === 1 && amountPlace === 1)) return [];
  const first = rows.find(({ amountPlace }) => amountPlace === 1);
  if (first === undefined) return [];
  const both = [pointerTo(first.index, 1), pointerTo(first.index, 2)];
  const change = parts.computed('change', { derivation: 'difference', arguments: both, unit });
  if (change === null) return [];
  const cell = evidence.result.rows[first.index]?.[0] ?? null;
  const name = parts.label('member_amount', { kind: 'value', text: String(cell ?? ''), column: by.name });
  return [`${phrases[language].changeAmount[order]}: ${name} (${change}).`];
}
