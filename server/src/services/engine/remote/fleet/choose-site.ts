import { createHash } from 'node:crypto';
import type { Prompt } from '../../../../ports/engine.ts';
import type { Site } from './fleet.ts';

/** Of the beginning of a prompt; what is behind it differs from call to call. */
const prefixCharacters = 2000;
/** An engine that has the beginning in its cache is worth waiting for while it has at most so many more calls than another. */
const affinityLead = 2;

/**
 * The engine with the fewest calls for its places; but one that has probably seen the beginning of the prompt before, and
 * so need not evaluate it again, unless it is much busier. Source of the preference: rendezvous hashing (Thaler and
 * Ravishankar, 1998), which keeps it when other engines come and go.
 */
export function chooseSite(sites: readonly Site[], prefix: string | null): Site | undefined {
  const [leastBusy] = sites.toSorted((one, other) => load(one) - load(other));
  if (sites.length <= 1 || leastBusy === undefined || prefix === null) return leastBusy;
  const preferred = sites
    .map((site) => ({ site, weight: weightOf(site, prefix) }))
    .toSorted((one, other) => other.weight - one.weight)[0]?.site;
  if (preferred === undefined) return leastBusy;
  const isFree = busy(preferred) < preferred.model.slots;
  return isFree && busy(preferred) <= busy(leastBusy) + affinityLead ? preferred : leastBusy;
}

/** What calls have in common that share their beginning: system messages and the first of the others. */
export function prefixOf(prompt: Prompt): string {
  if (prompt.type === 'infill') return prompt.before.slice(0, prefixCharacters);
  if (prompt.type === 'text') {
    return prompt.pieces
      .map((piece) => ('text' in piece ? piece.text : piece.tokens.slice(0, prefixCharacters).join()))
      .join('')
      .slice(0, prefixCharacters);
  }
  const first = prompt.messages.findIndex(({ role }) => role !== 'system');
  return prompt.messages
    .slice(0, first + 1)
    .map(({ role, text }) => `${role}\n${text}`)
    .join('\n')
    .slice(0, prefixCharacters);
}

function busy({ member, model }: Site): number {
  return member.busy(model);
}

function load(site: Site): number {
  return busy(site) / site.model.slots;
}

function weightOf({ member, model }: Site, prefix: string): number {
  return createHash('sha256').update(`${member.base}\n${model.id}\n${prefix}`).digest().readUInt32BE();
}
