import type { ModelProfile } from '../models/language-model.ts';

/** Models by name and their files on this machine: the catalogue, `hf:` references and paths to GGUF files. */
export interface ModelFiles {
  /** Rejects with `model_unknown` for a name that is neither in the catalogue, nor a reference, nor a GGUF path. */
  profile(name: string): Promise<ModelProfile>;
  /** Whether the model can be used now: its file is complete and checked. */
  isInstalled(name: string): Promise<boolean>;
  /**
   * Brings the file, resuming what an earlier try left. One download per model at a time: a second call joins the
   * first. Rejects with `download_failed`, `download_corrupt` or `disk_full`; an abort keeps the part that came.
   */
  download(name: string, options: { signal: AbortSignal }): Promise<void>;
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
