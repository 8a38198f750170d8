import type { ModelProfile } from '../../models/language-model.ts';

/** Chooses models by what is asked for and what is on this machine. */
export interface LanguageModels {
  /**
   * The model that answers: the one asked for, else the configured one, else, while that is not on this machine, the
   * bundled nano. Rejects with `model_unknown`, or with `model_unavailable` when the one asked for is not there.
   */
  forAnswers(requested?: string): Promise<ModelProfile>;
  /**
   * A model by name, of the kind wanted, that is on this machine. Paths and references name a model only for
   * `trusted` names: those of the settings and of personas. Rejects with `model_unknown`, with `model_unavailable` while
   * it is not there, and with `model_incapable` when it is of another kind.
   */
  named(name: string, options: { kind: ModelProfile['kind'] | 'any'; trusted: boolean }): Promise<ModelProfile>;
  /** The embedding model, when it is on this machine. */
  forEmbedding(): Promise<ModelProfile | undefined>;
  /** The configured reranker, when it is on this machine. */
  forReranking(): Promise<ModelProfile | undefined>;
  /** Downloads the configured models that are missing, in the background, until the signal aborts; never rejects. */
  downloadMissing(signal: AbortSignal): Promise<void>;
}

/** For those who show what there is: the command line, health and the web page. */
export interface ModelDirectory {
  /** The configured models, then the catalogue, and what is on this machine. */
  list(): Promise<ListedModel[]>;
}

export interface ListedModel {
  profile: ModelProfile;
  /** Whether the settings name it. */
  configured: boolean;
  installed: boolean;
}
