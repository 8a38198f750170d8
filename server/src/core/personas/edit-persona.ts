import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Persona } from '../../models/persona.ts';
import { overModel, type PersonaBase } from './persona-base.ts';

/** What a person edits of a persona; the rest of it comes from Modelfiles. */
export interface PersonaEdit extends Pick<Persona, 'base' | 'system' | 'knowledge' | 'pinned' | 'insights'> {
  /** null: as the model has it. */
  temperature: number | null;
}

const withoutBase: PersonaBase = { ...overModel(''), base: null };

/**
 * What becomes of a persona, or of nothing, by an edit. Over the same base its adapter, template, messages and other
 * parameters stay; over another one, which `overOther` gives, only its messages and other parameters do.
 */
export async function edited(
  before: PersonaBase | undefined,
  { base, temperature, ...said }: PersonaEdit,
  overOther: (base: string) => Promise<PersonaBase>,
): Promise<PersonaBase> {
  const { messages, parameters: kept } = before ?? withoutBase;
  const { temperature: _before, ...parameters } = kept;
  const over = before !== undefined && before.base === base ? before : await overBase(base, overOther);
  return {
    ...over,
    ...said,
    messages,
    parameters: temperature === null ? parameters : { ...parameters, temperature },
  };
}

async function overBase(base: string | null, overOther: (base: string) => Promise<PersonaBase>): Promise<PersonaBase> {
  return base === null ? withoutBase : overOther(base);
}

/** Rejects with `already_exists` where there is one. */
export function assertFree(name: string, found: Persona | undefined): void {
  if (found === undefined) return;
  throw new AppError('already_exists', { detail: told`There is a persona "${name}" already: choose another name.` });
}

/** Rejects with `not_found` where there is none. */
export function requirePersona(name: string, found: Persona | undefined): Persona {
  if (found !== undefined) return found;
  throw new AppError('not_found', { detail: told`There is no persona "${name}".` });
}
