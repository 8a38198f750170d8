import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { createKnowledge } from '../../../src/core/knowledge/knowledge.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { SearchIndex } from '../../../src/ports/search-index.ts';
import {
  findPassages,
  openKnowledgeParts,
  principal,
  startIngestion,
  upload,
  waiting,
} from '../../support/knowledge.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../../support/eventually.ts';

const ana = principal();

it('an index that was lost is filled again from the stored texts, with the revisions in force', async () => {
  await using folder = await temporaryFolder();
  {
    await using parts = await openKnowledgeParts(folder.path);
    await using ingestion = startIngestion(parts);
    const { knowledge } = ingestion;
    for (let number = 0; number < 20; number += 1) await knowledge.add(ana, upload(`jabuticaba ${number}`), waiting());
    const { document } = await knowledge.add(ana, upload('antes: pitanga'), waiting());
    await knowledge.replace(ana, { id: document.id, upload: upload('depois: carambola') }, waiting());
    expect(await findPassages(parts.index, 'carambola')).toHaveLength(1);
  }
  for (const ending of ['', '-wal', '-shm']) await rm(folder.file(`index.db${ending}`), { force: true });

  await using parts = await openKnowledgeParts(folder.path);
  expect(await parts.index.status()).toMatchObject({ documents: 0 });
  await using ingestion = startIngestion(parts);
  await eventually(async () => expect(await parts.index.status()).toMatchObject({ documents: 21 }));
  expect(await findPassages(parts.index, 'jabuticaba')).toHaveLength(20);
  expect(await findPassages(parts.index, 'carambola')).toHaveLength(1);
  expect(await findPassages(parts.index, 'pitanga')).toHaveLength(0);
  expect(ingestion.knowledge).toBeDefined();
});

it('an index that cannot be asked at the start is filled when it can', async () => {
  await using folder = await temporaryFolder();
  await using parts = await openKnowledgeParts(folder.path);
  {
    await using ingestion = startIngestion(parts);
    const { document } = await ingestion.knowledge.add(ana, upload('jabuticaba'), waiting());
    await parts.index.deleteDocument(document.id);
  }
  let refusals = 0;
  const index: SearchIndex = {
    ...parts.index,
    async status() {
      refusals += 1;
      if (refusals === 1) throw new AppError('part_unavailable');
      return parts.index.status();
    },
  };
  const told: unknown[] = [];
  const stopping = new AbortController();
  const running = createKnowledge({ ...parts, index, onError: (error) => void told.push(error) }).runIngestion(
    stopping.signal,
  );
  await eventually(async () => expect(await findPassages(parts.index, 'jabuticaba')).toHaveLength(1));
  stopping.abort();
  await running;
  expect(told).toMatchObject([{ code: 'part_unavailable' }]);
});
