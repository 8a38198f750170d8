import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { TrainingVersion, VersionInForce } from '../../models/training-version.ts';
import type { Engine } from '../../ports/engine.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import type { AdaptersInForce } from './adapters-in-force.ts';
import { letGo } from './warm.ts';

/** Changes which version answers for a base, in one step each; other services follow within two seconds. */
export interface Publications {
  /** What answers now; a base that was never trained answers itself. */
  find(base: string): Promise<VersionInForce>;
  /**
   * Lets a version answer. With `over`, only while that version, or with null the base itself, still answers: resolves to
   * false when something else does. A version that answers already stays as it is.
   */
  publish(version: TrainingVersion, by: Publisher): Promise<boolean>;
  /**
   * Lets that answer which answered before, or the base itself. With `only`, nothing but that version is taken back.
   * Rejects with `conflict` when the base itself answers.
   */
  rollBack(base: string, by: { userId: string; only?: string }): Promise<VersionInForce>;
}

export interface Publisher {
  userId: string;
  over?: string | null;
}

export interface PublicationPorts {
  versions: Pick<TrainingVersionStore, 'find' | 'inForce' | 'replaceInForce'>;
  adapters: Pick<AdaptersInForce, 'forget'>;
  engine: Pick<Engine, 'load'>;
  now: () => Date;
}

/** So many can be brought back one after the other. */
const mostEarlier = 100;
const mostTries = 10;

export function createPublications({ versions, adapters, engine, now }: PublicationPorts): Publications {
  const find = async (base: string): Promise<VersionInForce> => (await versions.inForce(base)) ?? untrained(base);

  /** Tries again when somebody else was faster; `change` gives undefined when there is nothing to do any more. */
  async function changing(
    base: string,
    change: (
      current: VersionInForce,
    ) => Promise<Pick<VersionInForce, 'versionId' | 'earlier' | 'changedBy'> | undefined>,
  ): Promise<VersionInForce> {
    for (let attempt = 0; attempt < mostTries; attempt += 1) {
      const current = await find(base);
      const changed = await change(current);
      if (changed === undefined) return current;
      const next = { base, ...changed, revision: current.revision + 1, changedAt: now() };
      if (!(await versions.replaceInForce(next))) continue;
      adapters.forget();
      await letGoOf(current.versionId);
      return next;
    }
    throw new AppError('conflict', { detail: told`What answers is being changed by others: try again.` });
  }

  /** Models that the settings name stay in memory with every adapter, unless somebody says so. */
  async function letGoOf(versionId: string | null): Promise<void> {
    const version = versionId === null ? undefined : await versions.find(versionId);
    if (version !== undefined) await letGo(engine, version);
  }

  return {
    find,
    async publish({ id, base }, { userId, over }) {
      const current = await changing(base, async ({ versionId, earlier }) => {
        if (versionId === id || (over !== undefined && versionId !== over)) return undefined;
        const kept = versionId === null ? [] : [...earlier, versionId];
        return { versionId: id, earlier: kept.slice(-mostEarlier), changedBy: userId };
      });
      return current.versionId === id;
    },
    rollBack: (base, { userId, only }) =>
      changing(base, async ({ versionId, earlier }) => {
        if (only !== undefined && versionId !== only) return undefined;
        if (versionId === null) {
          throw new AppError('conflict', {
            detail: told`No version answers for this model: there is nothing to go back from.`,
          });
        }
        const rest = await withoutDeleted(earlier);
        return { versionId: rest.at(-1) ?? null, earlier: rest.slice(0, -1), changedBy: userId };
      }),
  };

  /** Without those at the end that were deleted. */
  async function withoutDeleted(earlier: readonly string[]): Promise<readonly string[]> {
    const last = earlier.at(-1);
    if (last === undefined || (await versions.find(last)) !== undefined) return earlier;
    return withoutDeleted(earlier.slice(0, -1));
  }
}

function untrained(base: string): VersionInForce {
  return { base, versionId: null, earlier: [], revision: 0, changedAt: new Date(0), changedBy: '' };
}
