import type { Finding } from '../../../../models/insight.ts';
import type { Slot } from '../template.ts';
import type { Token } from './sentences.ts';
import { directionOwnerOfType, entities, neverAlone, ownerOfType } from './slot-rules.ts';

/** Facts that are told of something they are not of: the change of the whole behind the name of a member. */
export function lintOwners(sentence: readonly Token[], { type }: Finding): string[] {
  let holder: string | null = null;
  const misplaced: string[] = [];
  for (const token of sentence) {
    if (token.type !== 'slot') continue;
    if (entities.has(token.name)) holder = token.name;
    const owner = ownerOf(token, type);
    const isAlone = holder === null && !neverAlone.has(token.name);
    if (owner !== undefined && owner !== holder && !isAlone) misplaced.push(token.name);
    // What follows a share is the whole.
    if (token.name === 'share_pct') holder = null;
  }
  return misplaced;
}

function ownerOf({ name, form }: Slot, type: Finding['type']): string | undefined {
  const isDirection = form !== 'value' && form !== 'size';
  return ownerOfType[type]?.[name] ?? (isDirection ? directionOwnerOfType[type]?.[name] : undefined);
}
