import { isAppError } from '../../errors/app-error.ts';
import type { ModelDownload } from '../../ports/model-files.ts';

export interface Progress {
  report(bytesDone: number, bytesTotal: number | null): void;
  state(): ModelDownload;
  failed(error: unknown): ModelDownload;
}

/** The rate is that of the last seconds: an average over a night says nothing about now. */
const windowMs = 5000;
const sampleMs = 250;

export function createProgress(options: { model: string; bytesTotal: number | null; now: () => number }): Progress {
  const { model, now } = options;
  let { bytesTotal } = options;
  let bytesDone = 0;
  let samples: { at: number; bytes: number }[] = [];

  function bytesPerSecond(): number {
    const first = samples[0];
    if (first === undefined) return 0;
    const elapsedMs = now() - first.at;
    return elapsedMs <= 0 ? 0 : Math.round(((bytesDone - first.bytes) / elapsedMs) * 1000);
  }

  function state(): ModelDownload {
    const rate = bytesPerSecond();
    const secondsLeft = bytesTotal === null || rate <= 0 ? null : Math.ceil((bytesTotal - bytesDone) / rate);
    return { model, state: 'running', bytesDone, bytesTotal, bytesPerSecond: rate, secondsLeft, error: null };
  }

  return {
    state,
    report(done, total) {
      bytesDone = done;
      bytesTotal = total;
      const at = now();
      const latest = samples.at(-1);
      if (latest !== undefined && at - latest.at < sampleMs) return;
      samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, bytes: done }];
    },
    failed(error) {
      const reason = isAppError(error) ? (error.detail ?? error.code) : 'The download failed.';
      return { ...state(), state: 'failed', bytesPerSecond: 0, secondsLeft: null, error: reason };
    },
  };
}
