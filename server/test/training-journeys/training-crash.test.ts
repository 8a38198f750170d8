import { getJob, listVersions, train, watchJob, type Connection, type Job } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { asAdministrator, administratorPassword } from '../support/api.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { factLines } from '../support/training-facts.ts';

const examples = [new File([factLines], 'facts.jsonl')];
/** Enough to be interrupted in the middle of. */
const fields = { hyperparameters: '{"epochs":2}', publish: 'manual' };

function startService(folder: string): Promise<SpawnedService> {
  const settings = {
    OFFLINE: '1',
    LANGUAGE_MODEL: 'nano',
    ADMIN_PASSWORD: administratorPassword,
    TRAINING_THREADS: '1',
  };
  return spawnService({ DATA_DIR: folder, ...settings });
}

async function follow(connection: Connection, id: string, until: (job: Job) => boolean): Promise<Job> {
  for await (const job of watchJob(connection, id)) if (until(job)) return job;
  return getJob(connection, id);
}

async function adapterOf(connection: Connection): Promise<string | undefined> {
  const { items } = await listVersions(connection);
  return items[0]?.adapter;
}

describe('a service that is killed while it trains', { timeout: 900_000 }, () => {
  it('makes the same adapter after it was started again as one that was not', async () => {
    await using folder = await temporaryFolder();
    await using whole = await startService(folder.file('whole'));
    const undisturbed = await asAdministrator(whole.url);
    const { id: first } = await train(undisturbed, { examples, documents: [], fields });
    await follow(undisturbed, first, () => false);
    const expected = await adapterOf(undisturbed);
    expect(expected).toMatch(/^sha256:/);
    await whole.stop('SIGTERM');

    await using killed = await startService(folder.file('killed'));
    const { id } = await train(await asAdministrator(killed.url), { examples, documents: [], fields });
    const isUnderWay = ({ status, progress }: Job): boolean => status === 'running' && progress.done > 2;
    expect(isUnderWay(await follow(await asAdministrator(killed.url), id, isUnderWay))).toBe(true);
    expect(await killed.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });

    await using restarted = await startService(folder.file('killed'));
    const administrator = await asAdministrator(restarted.url);
    const job = await follow(administrator, id, () => false);
    expect(job.attempts).toBe(2);
    expect(await adapterOf(administrator)).toBe(expected);
  });
});
