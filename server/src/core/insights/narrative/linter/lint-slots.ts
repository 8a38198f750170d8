import type { Finding } from '../../../../models/insight.ts';
import { isChange } from '../fact-meanings.ts';
import { fill } from '../render-template.ts';
import type { WordingOptions } from '../label-text.ts';
import { signOf } from '../sign-words.ts';
import type { Piece, Slot } from '../template.ts';
import { lintAnchors } from './lint-anchors.ts';
import { lintOrder } from './lint-order.ts';
import { lintOwners } from './lint-owners.ts';
import { lintPeriods } from './lint-periods.ts';
import type { NarrativePart, Problem } from './problem.ts';
import { distance, sentencesOf, type Token } from './sentences.ts';
import { obligatorySlots } from './slot-rules.ts';

/** What is wrong with the slots: which there are, and what each stands beside. */
export function lintSlots(
  pieces: readonly Piece[],
  { part, finding, options }: { part: NarrativePart; finding: Finding; options: WordingOptions },
): Problem[] {
  const slots = pieces.filter((piece) => piece.type === 'slot');
  const unknown = slots.filter((slot) => !isUsable(slot, { finding, options }));
  if (unknown.length > 0) return unknown.map(({ name, form }) => ({ part, kind: 'slot', found: `${name}.${form}` }));
  const missing = part === 'action' ? [] : missingSlots(slots, { part, finding });
  const misplaced = sentencesOf(pieces).flatMap((sentence) => [
    ...lintDirections(sentence, finding),
    ...lintOwners(sentence, finding),
    ...lintAnchors(sentence, finding),
    ...lintOrder(sentence, finding),
    ...lintPeriods(sentence, finding),
  ]);
  return [
    ...missing.map((found) => ({ part, kind: 'missing' as const, found })),
    ...misplaced.map((found) => ({ part, kind: 'wrong_fact' as const, found })),
  ];
}

function isUsable(slot: Slot, { finding, options }: { finding: Finding; options: WordingOptions }): boolean {
  if (fill(slot, { source: finding, ...options }) === null) return false;
  // Where an insight names its periods, that of its subject may be another one.
  if (slot.name === 'period') return Object.values(finding.labels).every(({ kind }) => kind !== 'period');
  if (slot.form === 'value' || slot.form === 'size') return true;
  return slot.form === 'sense' ? slot.name === 'rho' : isChange(slot.name);
}

function missingSlots(slots: readonly Slot[], { part, finding }: { part: NarrativePart; finding: Finding }): string[] {
  const names = new Set(slots.map(({ name }) => name));
  if (part === 'headline') {
    return obligatorySlots[finding.type]
      .filter((alternatives) => !alternatives.some((name) => names.has(name)))
      .map((alternatives) => alternatives.join(' | '));
  }
  // What is wrong with data is in the headline.
  if (finding.type === 'data_quality') return [];
  const facts = Object.keys(finding.facts);
  return facts.length === 0 || facts.some((name) => names.has(name)) ? [] : [facts.join(' | ')];
}

/** Sizes of changes whose nearest word of direction is none, or of a fact that went the other way. */
function lintDirections(sentence: readonly Token[], { facts }: Finding): string[] {
  const directions = sentence.flatMap((token, index) =>
    token.type === 'slot' && token.form !== 'value' && token.form !== 'size' ? [{ token, index }] : [],
  );
  return sentence.flatMap((token, index) => {
    if (token.type !== 'slot' || token.form !== 'size' || !isNegativeOrChange(token, facts)) return [];
    const [nearest] = directions.toSorted(
      (one, other) =>
        distance(sentence, { from: index, to: one.index }) - distance(sentence, { from: index, to: other.index }),
    );
    if (nearest === undefined) return [`${token.name}.size`];
    const sizeOf = facts[token.name]?.value ?? '0';
    const directionOf = facts[nearest.token.name]?.value ?? '0';
    return signOf(sizeOf) === signOf(directionOf) ? [] : [`${token.name}.size`];
  });
}

function isNegativeOrChange({ name }: Slot, facts: Finding['facts']): boolean {
  return isChange(name) || signOf(facts[name]?.value ?? '0') === 'negative';
}
