import type { Finding } from '../../../../models/insight.ts';
import type { Slot } from '../template.ts';
import { distance, type Token } from './sentences.ts';
import { anchorsOfType, orderedFacts, type Anchors } from './slot-rules.ts';

interface Place {
  token: Token;
  index: number;
}

/** Slots that stand nearer to the period, group or role of another one than to their own, or without any. */
export function lintAnchors(sentence: readonly Token[], { type, labels }: Finding): string[] {
  const anchors = anchorsOfType[type];
  const all = sentence.map((token, index) => ({ token, index }));
  const isPlace = (token: Token | undefined): boolean =>
    token !== undefined && Object.values(anchors).some((each) => isAnchor(token, each));
  const places = all.filter(
    ({ token, index }) =>
      isPlace(token) &&
      !(
        isGeneral(token) &&
        [sentence[index - 1], sentence[index + 1]].some((near) => near?.type === 'word' && isPlace(near))
      ),
  );
  const anchored = all.filter(({ token }) => anchorsFor(token, anchors) !== undefined);
  return anchored.flatMap((slot) => {
    const own = anchorsFor(slot.token, anchors);
    if (own === undefined || slot.token.type !== 'slot') return [];
    const claims = (place: Place): boolean =>
      place.index !== slot.index &&
      (isAnchor(place.token, own) || nearest(anchored, { to: place, sentence }).includes(slot));
    const near = nearest(places.filter(claims), { to: slot, sentence });
    if (near.length > 0) return near.every((place) => isAnchor(place.token, own)) ? [] : [slot.token.name];
    return isToldByOrder(sentence, slot.token.name) || !canBeAnchored(own, labels) ? [] : [slot.token.name];
  });
}

/** "Value" says nothing beside the word that says which: "the expected value". */
function isGeneral(token: Token): boolean {
  return token.type === 'word' && /^val(?:ue|or)/.test(token.text);
}

function anchorsFor(token: Token, anchors: Readonly<Record<string, Anchors>>): Anchors | undefined {
  return token.type === 'slot' && saysHowMuch(token) ? anchors[token.name] : undefined;
}

function saysHowMuch({ form }: Slot): boolean {
  return form === 'value' || form === 'size';
}

function isAnchor(token: Token, { slots, words }: Anchors): boolean {
  if (token.type === 'slot') return slots.includes(token.name);
  return token.type === 'word' && words.includes(token.text);
}

/** Its labels may be absent from the finding; then it can only be told without. */
function canBeAnchored({ words, slots }: Anchors, labels: Finding['labels']): boolean {
  return words.length > 0 || slots.some((name) => labels[name] !== undefined);
}

function isToldByOrder(sentence: readonly Token[], name: string): boolean {
  const names = new Set(sentence.flatMap((token) => (token.type === 'slot' ? [token.name] : [])));
  return orderedFacts.some((pair) => pair.includes(name) && pair.every((each) => names.has(each)));
}

function nearest(
  places: readonly Place[],
  { to, sentence }: { to: Place; sentence: readonly Token[] },
): readonly Place[] {
  const others = places.filter(({ index }) => index !== to.index);
  const distances = others.map(({ index }) => distance(sentence, { from: index, to: to.index }));
  const least = Math.min(...distances);
  return others.filter((_, position) => distances[position] === least);
}
