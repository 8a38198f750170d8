import type { Capability } from '../../models/language-model.ts';
import type { ModelDescription } from '../../models/model-description.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import type { ModelProgress } from '../personas/bring-model.ts';

/** The models and personas of this machine, for those who look at them and those who look after them. */
export interface ModelLibrary {
  /** What the caller may use, changed last first; each name once. */
  list(principal: Principal): Promise<LibraryModel[]>;
  /** Rejects with `model_unknown` for what is not here, and for what the caller may not use. */
  show(name: string, options: { principal: Principal; verbose: boolean }): Promise<LibraryModel>;
  /** What is loaded of it, that which stays longest first. */
  running(principal: Principal): Promise<RunningModel[]>;
  /** Downloads a model, or the one under a persona, telling each step; the last is `success`. Rejects as downloads do. */
  pull(name: string, options: { signal: AbortSignal }): AsyncIterable<ModelProgress>;
  /**
   * Removes a persona, or the file of a model. Rejects with `model_unknown`, with `conflict` for a model that is needed
   * (by the settings, by a persona, by somebody who waits for its answer) and with `forbidden` for what came with the
   * installation.
   */
  remove(name: string): Promise<void>;
}

export interface LibraryModel {
  /** With its tag. */
  name: string;
  modifiedAt: Date;
  /** 64 hexadecimal digits: of the file, or of what the persona says. */
  digest: string;
  bytes: number;
  persona: Persona | null;
  /** Of the model, or of the one under the persona; null while that is not on this machine. */
  description: ModelDescription | null;
  capabilities: readonly Capability[];
}

export interface RunningModel {
  model: LibraryModel;
  /** Weights and context; null where it is not known. */
  bytes: number | null;
  contextTokens: number | null;
  /** null: it stays. */
  expiresAt: Date | null;
}
