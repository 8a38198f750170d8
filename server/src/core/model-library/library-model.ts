import { createHash } from 'node:crypto';
import type { Capability } from '../../models/language-model.ts';
import type { ModelDescription } from '../../models/model-description.ts';
import { parseModelName, shortModelName } from '../../models/model-name.ts';
import type { Persona } from '../../models/persona.ts';
import { readTemplate } from '../templates/read-template.ts';
import type { LibraryModel } from './model-library.ts';

export function libraryModelOf(description: ModelDescription): LibraryModel {
  const { profile, modifiedAt, digest, bytes, capabilities } = description;
  return { name: withTag(profile.name), modifiedAt, digest, bytes, capabilities, persona: null, description };
}

export function libraryPersonaOf(
  persona: Persona,
  { description, adapterBytes }: { description: ModelDescription | null; adapterBytes: number },
): LibraryModel {
  return {
    name: persona.name,
    modifiedAt: persona.updatedAt,
    digest: digestOf(persona),
    bytes: (description?.bytes ?? 0) + adapterBytes,
    persona,
    description,
    capabilities: capabilitiesOf(persona, description?.capabilities ?? []),
  };
}

/** A template with a place for what comes after a gap makes any model fill gaps. */
function capabilitiesOf({ template }: Persona, capabilities: readonly Capability[]): readonly Capability[] {
  const fillsGaps = template !== null && readTemplate(template).variables.has('suffix');
  return fillsGaps ? [...new Set<Capability>([...capabilities, 'insert'])] : capabilities;
}

function withTag(name: string): string {
  const parsed = parseModelName(name);
  return parsed === undefined ? name : shortModelName(parsed);
}

/** The same for personas that say the same, under whatever names. */
function digestOf({ parameters, name: _name, createdAt: _createdAt, updatedAt: _updatedAt, ...said }: Persona): string {
  const ordered = Object.entries(parameters).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const content = Object.entries({ ...said, parameters: ordered }).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
