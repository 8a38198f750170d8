import type { ModelProfile } from '../../models/language-model.ts';
import type { LoadedModel } from '../../ports/engine.ts';
import type { ModelDownload } from '../../ports/model-files.ts';

/** Looks after the models of this installation. Whoever calls these is an administrator: routes ask for the scope. */
export interface ModelCare extends AsyncDisposable {
  /** The models of the settings, those of the catalogue, those under personas, and what is being downloaded. */
  list(): Promise<ModelState[]>;
  /**
   * Begins a download that goes on in the background, or joins the one under way; does nothing for a model that is here.
   * How far it is, and why it failed, `list` tells. Rejects with `model_unknown`.
   */
  download(name: string): Promise<ModelState>;
  /**
   * Stops a download that was begun here; what came is kept for the next one. Rejects with `conflict` when there is none,
   * as for those that the settings ask for, and with `model_unknown`.
   */
  cancel(name: string): Promise<ModelState>;
  /** Resolves when it is loaded. Rejects with `model_unknown`, and as the engine does. */
  load(name: string, options: { signal: AbortSignal }): Promise<ModelState>;
  /** It goes as soon as no call uses it. Rejects with `model_unknown`. */
  unload(name: string, options: { signal: AbortSignal }): Promise<ModelState>;
}

export interface ModelState {
  profile: ModelProfile;
  /** Whether the settings name it. */
  configured: boolean;
  installed: boolean;
  /** The names of those made from it. */
  personas: readonly string[];
  /** It alone, and with each adapter that is over it. */
  loaded: readonly LoadedModel[];
  /** Under way, or the last one when it failed. */
  download: ModelDownload | null;
}
