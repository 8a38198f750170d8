import type { Persona, PersonaEdit } from '@billumy/protocol';

/** From the model alone, from all documents, or from those of some collections. */
export type KnowledgeSource = 'none' | 'all' | 'some';

/** What somebody is filling in; a text is a number when it is sent. */
export interface PersonaDraft {
  name: string;
  /** Empty: what the service would choose. */
  base: string;
  system: string;
  temperature: string;
  source: KnowledgeSource;
  collections: readonly string[];
  insights: boolean;
  pinned: boolean;
}

export interface PersonaDraftProps {
  draft: PersonaDraft;
  onChange(change: Partial<PersonaDraft>): void;
}

export const emptyDraft: PersonaDraft = {
  name: '',
  base: '',
  system: '',
  temperature: '',
  source: 'none',
  collections: [],
  insights: false,
  pinned: false,
};

export function toDraft(persona: Persona): PersonaDraft {
  const { name, base, system, temperature, knowledge, insights, pinned } = persona;
  const collections = knowledge?.collections ?? null;
  return {
    name,
    base: base ?? '',
    system: system ?? '',
    temperature: temperature === null ? '' : String(temperature),
    source: knowledge === null ? 'none' : collections === null ? 'all' : 'some',
    collections: collections ?? [],
    insights,
    pinned,
  };
}

/** What the draft asks for, whatever its name. */
export function toEdit({
  base,
  system,
  temperature,
  source,
  collections,
  insights,
  pinned,
}: PersonaDraft): PersonaEdit {
  return {
    base: base === '' ? null : base,
    system: system.trim() === '' ? null : system,
    temperature: temperature === '' ? null : Number(temperature),
    knowledge: source === 'none' ? null : { collections: source === 'all' ? null : [...collections] },
    insights,
    pinned,
  };
}

/** Whether it can be sent. */
export function isWhole({ name, source, collections }: PersonaDraft): boolean {
  return name.trim() !== '' && (source !== 'some' || collections.length > 0);
}
