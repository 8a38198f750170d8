import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from '../../../src/core/knowledge/knowledge.ts';
import type { DocumentUpload } from '../../../src/core/knowledge/adding/upload.ts';
import type { Parser } from '../../../src/ports/parser.ts';
import {
  createPlainParser,
  findPassages,
  openKnowledgeParts,
  principal,
  startIngestion,
  upload,
  waiting,
} from '../../support/knowledge.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { eventually } from '../../support/eventually.ts';

const child = fileURLToPath(new URL('../../support/ingestion-child.mjs', import.meta.url));
const leaseMs = 10_000;
const ana = principal();
const everything = { filter: { collections: null, readers: null }, status: null };

describe('ingestion', () => {
  it('ends the same when it is killed again and again', async () => {
    await using folder = await temporaryFolder();
    const count = 240;
    const jobId = await queueDocuments(folder.path, count);
    for (const [life, killAt] of [8, 40, 41, 100, 170].entries()) await liveUntil(folder.path, { life, killAt });

    await using parts = await openKnowledgeParts(folder.path, { aheadMs: 6 * leaseMs });
    await using ingestion = startIngestion(parts);
    await eventually(async () => expect(await parts.jobs.find(jobId)).toMatchObject({ status: 'succeeded' }));
    expect(await parts.jobs.find(jobId)).toMatchObject({ attempts: 6, result: { ready: count, failed: 0 } });
    const { items } = await parts.documents.list(everything, { limit: 1_000, after: null });
    expect(items.filter(({ status, revision }) => status === 'ready' && revision === 1)).toHaveLength(count);
    expect(await parts.index.status()).toMatchObject({ documents: count, passages: count });
    expect((await ingestion.knowledge.content(ana, { id: items[0]!.id })).text).toMatch(/^Document \d+/);
  }, 120_000);

  it('gives up a file that kills the process three times, and reads the others', async () => {
    await using folder = await temporaryFolder();
    const jobId = await queueDocuments(folder.path, 40, upload('POISON', { fileName: 'poison.txt' }));
    for (let life = 0; life < 3; life += 1) await liveUntil(folder.path, { life, killAt: Infinity });

    await using parts = await openKnowledgeParts(folder.path, { aheadMs: 4 * leaseMs });
    await using ingestion = startIngestion(parts);
    await eventually(async () => expect(await parts.jobs.find(jobId)).toMatchObject({ status: 'succeeded' }));
    const { items } = await parts.documents.list(everything, { limit: 1_000, after: null });
    const failed = items.filter(({ status }) => status !== 'ready');
    expect(failed).toMatchObject([{ fileName: 'poison.txt', error: { code: 'document_too_expensive' } }]);
    expect(items).toHaveLength(41);
    await ingestion.knowledge.delete(ana, failed[0]!.id);
  }, 120_000);

  it('reads what was stored by an upload that a crash cut off', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    const draft = { collection: 'cut', title: null, mediaType: 'text/plain', fileName: 'a.txt', metadata: {} };
    const { document } = await parts.documents.accept(
      { ...draft, readers: ['everyone'], ownerId: 'usr_ana' },
      new TextEncoder().encode('Orphaned words.'),
    );
    await using ingestion = startIngestion(parts);
    await eventually(async () =>
      expect(await ingestion.knowledge.get(ana, document.id)).toMatchObject({ status: 'ready' }),
    );
    expect(await findPassages(parts.index, 'orphaned')).toHaveLength(1);
  });

  it('takes out of the index what was deleted while the process died', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    const ingestion = startIngestion(parts);
    const { document } = await ingestion.knowledge.add(ana, upload('Vanished words.'), waiting());
    await ingestion[Symbol.asyncDispose]();
    // As a crash between the two steps of a later deletion leaves it.
    await parts.documents.delete(document.id);
    const revisions = [{ id: document.id, revision: 1 }];
    await parts.jobs.enqueue({ kind: 'ingest', ownerId: 'usr_ana', payload: { documents: revisions }, total: 1 });
    await whileIngesting(parts, () =>
      eventually(async () => expect(await findPassages(parts.index, 'vanished')).toEqual([])),
    );
  });

  it('gives up what a cancelled job left unread when the process died', async () => {
    await using folder = await temporaryFolder();
    await using parts = await openKnowledgeParts(folder.path);
    const knowledge = createKnowledge(parts);
    const { document, job } = await knowledge.add(ana, upload('Cancelled words.'), waiting(0));
    await parts.jobs.cancel(job!.id);
    const cancelled = { status: 'failed', error: { code: 'job_cancelled' } };
    await whileIngesting(parts, () =>
      eventually(async () => expect(await knowledge.get(ana, document.id)).toMatchObject(cancelled)),
    );
  });

  it('goes on where it stopped when it is asked to stop', async () => {
    await using folder = await temporaryFolder();
    const jobId = await queueDocuments(folder.path, 20);
    await using parts = await openKnowledgeParts(folder.path);
    const idle: Parser = { ...createPlainParser(), parse: (_, { signal }) => untilAborted(signal) };
    for (let turn = 1; turn <= 4; turn += 1) {
      const ingestion = startIngestion({ ...parts, parser: idle });
      const reading = { attempts: turn, status: 'running', progress: { step: expect.any(String) } };
      await eventually(async () => expect(await parts.jobs.find(jobId)).toMatchObject(reading));
      await ingestion[Symbol.asyncDispose]();
      const given = { status: 'queued', progress: { checkpoint: { inFlight: [], deaths: {} } } };
      expect(await parts.jobs.find(jobId)).toMatchObject(given);
    }
    await whileIngesting(parts, () =>
      eventually(async () => expect(await parts.jobs.find(jobId)).toMatchObject({ status: 'succeeded' })),
    );
  });
});

async function whileIngesting(
  parts: Parameters<typeof startIngestion>[0],
  wait: () => Promise<unknown>,
): Promise<void> {
  const ingestion = startIngestion(parts);
  try {
    await wait();
  } finally {
    await ingestion[Symbol.asyncDispose]();
  }
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}

async function queueDocuments(folder: string, count: number, ...others: readonly DocumentUpload[]): Promise<string> {
  await using parts = await openKnowledgeParts(folder);
  const uploads = (async function* () {
    for (let number = 0; number < count; number += 1) {
      if (number === Math.floor(count / 2)) yield* others;
      yield upload(`Document ${number} about something.`);
    }
  })();
  const { job } = await createKnowledge(parts).addMany(ana, uploads, waiting(0));
  return job.id;
}

/** Runs ingestion in a process of its own, which is killed when so many documents are done, or kills itself. */
async function liveUntil(folder: string, { life, killAt }: { life: number; killAt: number }): Promise<void> {
  const worker = spawn(process.execPath, [child, folder, String((life + 1) * leaseMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(worker, 'exit');
  for await (const line of createInterface({ input: worker.stdout })) {
    if (Number(line.split(' ')[1]) >= killAt) worker.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}
