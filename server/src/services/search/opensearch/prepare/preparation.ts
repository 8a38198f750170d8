import { unavailable } from '../rest/translate-errors.ts';
import { told } from '../../../../errors/told.ts';

export interface Preparation<Result> {
  /** What was prepared; prepares first when that has not happened, was forgotten, or failed. */
  get(): Promise<Result>;
  /** The next call prepares anew. */
  forget(): void;
}

export interface PreparationOptions<Result> {
  prepare(): Promise<Result>;
  /** How long a call waits for it; it goes on meanwhile. */
  patienceMs?: number;
  now?: () => number;
}

const usualPatienceMs = 5_000;
/** After a failure, calls get the same failure for so long. */
const pauseMs = 1_000;

/** Prepares something before it is first used, once for all calls that come meanwhile. */
export function createPreparation<Result>(options: PreparationOptions<Result>): Preparation<Result> {
  const { prepare, patienceMs = usualPatienceMs, now = () => performance.now() } = options;
  let running: Promise<Result> | undefined;
  let prepared: { result: Result } | undefined;
  let failure: { error: unknown; at: number } | undefined;

  const start = async (): Promise<Result> => {
    try {
      const result = await prepare();
      prepared = { result };
      return result;
    } catch (error) {
      failure = { error, at: now() };
      throw error;
    } finally {
      running = undefined;
    }
  };

  return {
    async get() {
      if (prepared !== undefined) return prepared.result;
      if (failure !== undefined && now() - failure.at < pauseMs) throw failure.error;
      failure = undefined;
      running ??= start();
      return inTime(running, patienceMs);
    },
    forget: () => void (prepared = undefined),
  };
}

async function inTime<Result>(work: Promise<Result>, patienceMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        unavailable(told`The search index in OpenSearch is being made or moved to a new form; that goes on meanwhile.`),
      );
    }, patienceMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
