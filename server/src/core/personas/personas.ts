import type { Persona } from '../../models/persona.ts';
import type { ModelProgress } from './bring-model.ts';
import type { PersonaEdit } from './edit-persona.ts';
import type { PersonaRequest } from './persona-request.ts';

/**
 * Models under names of their own. `billumy:latest` and `billumy:documents` are there from the first start: saving one
 * of their names hides them, and removing that brings them back, so that they are never lost. Names are those of
 * `models/model-name.ts`; what is no name rejects with `invalid_request`.
 */
export interface Personas {
  /** By its name, without regard to case; a name without a tag means `:latest`. */
  find(name: string): Promise<Persona | undefined>;
  /** All of them, those changed last first. */
  list(): Promise<Persona[]>;
  /**
   * Makes a persona, or makes it anew, telling each step; the last is `success`. A model that it needs is downloaded.
   * Rejects with `invalid_request` in Ollama's words, with `model_unknown`, and as downloads do; then nothing changed.
   */
  create(name: string, request: PersonaRequest, options: { signal: AbortSignal }): AsyncIterable<ModelProgress>;
  /**
   * A new persona as a person says it to be, with all that is not said from `copyOf`. Rejects with `already_exists`, with
   * `not_found` for the persona to copy, and with `model_unknown` for a base that is not on this machine.
   */
  make(name: string, edit: PersonaEdit, options: { copyOf: string | null }): Promise<Persona>;
  /** The persona as a person edits it. Rejects with `not_found`, and with `model_unknown` as `make` does. */
  change(name: string, edit: PersonaEdit): Promise<Persona>;
  /** The same persona under another name too, or one over the model of that name. Rejects with `model_unknown`. */
  copy(source: string, destination: string): Promise<void>;
  /**
   * Whether there was one. Blobs that no other persona needs go with it. Rejects with `forbidden` for those that are
   * there from the first start.
   */
  remove(name: string): Promise<boolean>;
  /** Removes the blobs that were uploaded before, and that neither a persona nor the settings need. */
  removeUnusedBlobs(before: Date): Promise<void>;
}
