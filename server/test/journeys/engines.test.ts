import { ask, uploadFiles, type Connection, type UsageReply } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { administratorPassword, asAdministrator } from '../support/api.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const engineKey = 'the-key-of-the-engines';

/** A service as an engine of another one: it speaks as Ollama does. */
function startEngine(folder: string, port = '0'): Promise<SpawnedService> {
  return spawnService({ DATA_DIR: folder, PORT: port, BILLUMY_TOKEN: engineKey });
}

async function usedTokens({ url }: SpawnedService): Promise<number> {
  const reply = await fetch(`${url}/usage`, { headers: { authorization: `Bearer ${engineKey}` } });
  return ((await reply.json()) as UsageReply).total.completion_tokens;
}

async function addGarage(connection: Connection): Promise<void> {
  const file = new File(['A garagem do prédio abre às 6h30.'], 'garagem.txt', { type: 'text/plain' });
  await uploadFiles(connection, { files: [file], waitSeconds: 60 });
}

describe('the built program before other engines', { timeout: 120_000 }, () => {
  it('answers from its documents by one of them, by another when that is killed, and by it again when it is back', async () => {
    await using folder = await temporaryFolder();
    await using first = await startEngine(folder.file('first'));
    await using second = await startEngine(folder.file('second'));
    await using service = await spawnService({
      DATA_DIR: folder.file('service'),
      ADMIN_PASSWORD: administratorPassword,
      BILLUMY_URL: `${first.url},${second.url}`,
      ENGINE_API_KEY: engineKey,
      LANGUAGE_MODEL: 'nano',
    });
    const connection = await asAdministrator(service.url);
    await addGarage(connection);
    let asked = 0;
    const answer = async () => ask(connection, { question: `${'?'.repeat(++asked)} A que horas abre a garagem?` });

    expect(await answer()).toMatchObject({ answered: true, mode: 'generated' });
    const worked = (await usedTokens(first)) > 0 ? first : second;
    const other = worked === first ? second : first;
    expect(await usedTokens(worked)).toBeGreaterThan(0);

    await worked.stop('SIGKILL');
    expect(await answer()).toMatchObject({ answered: true, mode: 'generated' });
    expect(await usedTokens(other)).toBeGreaterThan(0);

    await using again = await startEngine(folder.file(worked === first ? 'first' : 'second'), new URL(worked.url).port);
    await other.stop('SIGKILL');
    await expect.poll(async () => (await answer()).mode).toBe('generated');
    expect(await usedTokens(again)).toBeGreaterThan(0);
  });
});
