import type { ModelProfile } from '../models/language-model.ts';
import type { ModelDescription } from '../models/model-description.ts';

/**
 * Models by name and their files on this machine: the catalogue, `hf:` references, digests `sha256:<hex>` of blobs and
 * paths to GGUF files.
 */
export interface ModelFiles {
  /** Rejects with `model_unknown` for a name that is none of these. */
  profile(name: string): Promise<ModelProfile>;
  /** Whether the model can be used now: its file is complete and checked. */
  isInstalled(name: string): Promise<boolean>;
  /**
   * Brings the file, resuming what an earlier try left. One download per model at a time: a second call joins the
   * first. Rejects with `download_failed`, `download_corrupt` or `disk_full`; an abort keeps the part that came.
   */
  download(name: string, options: { signal: AbortSignal }): Promise<void>;
  /**
   * Everything that is known of an installed model; with `verbose` also the long arrays of its metadata. Rejects with
   * `model_unavailable` when it is not on this machine or its file is damaged.
   */
  describe(name: string, options?: { verbose?: boolean }): Promise<ModelDescription>;
  /** Deletes the file of a downloaded model or a blob; `forbidden` for files that came otherwise. */
  remove(name: string): Promise<void>;
  /** Downloads under way, and those that ended badly. */
  downloads(): readonly ModelDownload[];
  /** Every catalogue entry and what is on this machine. */
  list(): Promise<{ profile: ModelProfile; installed: boolean }[]>;
}

export interface ModelDownload {
  model: string;
  state: 'running' | 'failed';
  bytesDone: number;
  bytesTotal: number | null;
  bytesPerSecond: number;
  secondsLeft: number | null;
  error: string | null;
}
