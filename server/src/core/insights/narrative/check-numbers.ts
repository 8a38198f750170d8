import type { WordingOptions } from './label-text.ts';
import { fill, type SlotSource } from './render-template.ts';
import { slotsOf } from './template.ts';

export interface NumberCheck {
  /** Numbers that the text has. */
  numbers: number;
  /** How many of them a slot of its template gives. */
  fromSlots: number;
  /** The others: must be 0. */
  freeNumbers: number;
}

const number = /\p{N}(?:[\p{N}.,]*\p{N})?/gu;

/** Compares the numbers of a text as it is read with those that the slots of its template give, one for one. */
export function checkNumbers(
  text: string,
  { template, source, ...options }: WordingOptions & { template: string; source: SlotSource },
): NumberCheck {
  const given = new Map<string, number>();
  for (const slot of slotsOf(template)) {
    for (const each of numbersOf(fill(slot, { source, ...options })?.text ?? '')) {
      given.set(each, (given.get(each) ?? 0) + 1);
    }
  }
  let fromSlots = 0;
  const found = numbersOf(text);
  for (const each of found) {
    const left = given.get(each) ?? 0;
    if (left === 0) continue;
    given.set(each, left - 1);
    fromSlots += 1;
  }
  return { numbers: found.length, fromSlots, freeNumbers: found.length - fromSlots };
}

export function sumOfChecks(checks: readonly NumberCheck[]): NumberCheck {
  return checks.reduce(
    (sum, each) => ({
      numbers: sum.numbers + each.numbers,
      fromSlots: sum.fromSlots + each.fromSlots,
      freeNumbers: sum.freeNumbers + each.freeNumbers,
    }),
    { numbers: 0, fromSlots: 0, freeNumbers: 0 },
  );
}

function numbersOf(text: string): string[] {
  return Array.from(text.matchAll(number), ([found]) => found);
}
