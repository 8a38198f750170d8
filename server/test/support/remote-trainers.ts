import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Trainer } from '../../src/ports/trainer.ts';
import { createRemoteTrainer } from '../../src/services/trainer/remote/remote-trainer.ts';

export interface RemoteTrainers extends AsyncDisposable {
  /** One of a service: services of different names share nothing but the server. */
  open(service: string): Trainer;
}

/** Trainers that use a server which others use, too: ids of runs are their own, and nothing of them is left at the end. */
export function createTrainers({
  url,
  apiKey,
  folder,
}: {
  url: string;
  apiKey: string | null;
  folder: string;
}): RemoteTrainers {
  const prefix = `billumy_test_${randomBytes(6).toString('hex')}_`;
  const begun = new Map<string, Set<string>>();

  function openPlain(service: string): Trainer {
    return createRemoteTrainer({ url, apiKey, folder: join(folder, service) });
  }

  return {
    open(service) {
      const trainer = openPlain(service);
      const ids = begun.get(service) ?? new Set();
      begun.set(service, ids);
      return {
        ...trainer,
        train(run, options) {
          const id = prefix + run.id;
          ids.add(id);
          return trainer.train({ ...run, id }, options);
        },
        discard: (runId) => trainer.discard(prefix + runId),
        kept: async () => (await trainer.kept()).map((runId) => runId.replace(prefix, '')),
      };
    },
    async [Symbol.asyncDispose]() {
      for (const [service, ids] of begun) {
        await using trainer = openPlain(service);
        for (const id of ids) await trainer.discard(id);
      }
    },
  };
}
