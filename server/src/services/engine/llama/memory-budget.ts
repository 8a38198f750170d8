import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import { chooseVictims } from './eviction.ts';
import type { MemoryNeed } from './messages.ts';
import { isIdle, type Resident } from './resident.ts';

export interface MemoryBudgetOptions {
  /** For all models together. */
  bytes: number;
  residents(): readonly Resident[];
  unload(resident: Resident): Promise<void>;
  now(): number;
}

/** Divides the memory among models: who comes takes it from the least valuable that no call runs on. */
export class MemoryBudget {
  readonly #options: MemoryBudgetOptions;

  constructor(options: MemoryBudgetOptions) {
    this.#options = options;
  }

  /** Throws `model_unavailable` for a model that does not fit even if it were alone. */
  assertFits({ weightsBytes, leastContextBytes }: MemoryNeed): void {
    const least = weightsBytes + leastContextBytes;
    if (least <= this.#options.bytes) return;
    const detail = told`This model needs ${inGigabytes(least)} of memory, but models may use ${inGigabytes(this.#options.bytes)}; choose a smaller one.`;
    throw new AppError('model_unavailable', { detail });
  }

  /** Bytes for the context of a model of which enough others are unloaded; undefined when there is no room now. */
  async makeRoom(path: string, need: MemoryNeed): Promise<number | undefined> {
    const { weightsBytes, comfortableContextBytes, leastContextBytes } = need;
    const weights = (): number => (this.#loaded().some(({ loaded }) => loaded?.path === path) ? 0 : weightsBytes);
    const isMade =
      (await this.#free(
        () => weights() + comfortableContextBytes,
        (one) => !one.isPermanent,
      )) ||
      (await this.#free(
        () => weights() + leastContextBytes,
        () => true,
      ));
    return isMade ? this.#freeBytes() - weights() : undefined;
  }

  /** Lets nobody more in to the least valuable model in use, so that it can be unloaded when its calls have ended. */
  drainOne(): void {
    const inUse = this.#loaded().filter((resident) => !isIdle(resident) && !resident.isPermanent);
    if (inUse.some(({ isDraining }) => isDraining)) return;
    const [victim] = chooseVictims(this.#candidates(inUse), { bytes: 1, now: this.#options.now() });
    if (victim === undefined) return;
    victim.resident.isDraining = true;
    victim.resident.gate.close();
  }

  /** Nobody wants memory any more: what was drained goes on. */
  stopDraining(): void {
    for (const resident of this.#loaded().filter(({ isDraining }) => isDraining)) {
      resident.isDraining = false;
      resident.gate.open(resident.loaded?.slots ?? 0);
    }
  }

  /** Unloads idle models until so many bytes are free, or none if they do not suffice. */
  async #free(bytes: () => number, mayGo: (resident: Resident) => boolean): Promise<boolean> {
    for (;;) {
      const missing = bytes() - this.#freeBytes();
      if (missing <= 0) return true;
      const candidates = this.#candidates(this.#loaded().filter((one) => isIdle(one) && mayGo(one)));
      if (candidates.reduce((sum, candidate) => sum + candidate.bytes, 0) < missing) return false;
      const [first] = chooseVictims(candidates, { bytes: missing, now: this.#options.now() });
      if (first === undefined) return false;
      await this.#options.unload(first.resident);
    }
  }

  #candidates(residents: readonly Resident[]) {
    return residents.map((resident) => ({
      resident,
      bytes: (resident.loaded?.contextBytes ?? 0) + this.#shareOfWeights(resident),
      usedAt: resident.usedAt,
      isPermanent: resident.isPermanent,
    }));
  }

  #freeBytes(): number {
    const used = this.#loaded().reduce(
      (sum, resident) => sum + (resident.loaded?.contextBytes ?? 0) + this.#shareOfWeights(resident),
      0,
    );
    return this.#options.bytes - used;
  }

  /** Weights stay until the last model over them goes. */
  #shareOfWeights({ loaded }: Resident): number {
    const sharers = this.#loaded().filter((other) => other.loaded?.path === loaded?.path);
    return (loaded?.weightsBytes ?? 0) / Math.max(1, sharers.length);
  }

  #loaded(): readonly Resident[] {
    return this.#options.residents().filter(({ loaded }) => loaded !== undefined);
  }
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`;
}
