import { expect } from 'vitest';
import { archiveKinds, type ArchiveKind, type ArchiveRecords } from '../../src/models/archive.ts';
import type { Archive, ArchiveState } from '../../src/ports/archive.ts';
import { sampleContents, sampleRecords } from '../support/archive-records.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface ArchiveHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty archive. */
  openPair(): Promise<AsyncDisposable & { first: Archive; second: Archive }>;
  /** What an archive is when a copy into it is complete. */
  completeState: ArchiveState['state'];
}

export async function readAll<K extends ArchiveKind>(archive: Archive, kind: K): Promise<ArchiveRecords[K][]> {
  const records: ArchiveRecords[K][] = [];
  for await (const record of archive.read(kind)) records.push(record);
  return records;
}

/** Writes the samples of every kind, with their contents. */
export async function fillArchive(archive: Archive): Promise<void> {
  const records = sampleRecords();
  for (const { ref, bytes } of sampleContents) await archive.writeContent(ref, bytes);
  for (const kind of archiveKinds) await archive.write(kind, records[kind]);
}

export const archiveContract = defineContract<ArchiveHarness>('archive', (it, { openPair, completeState }) => {
  it('gives every kind back exactly as it was written, in the order of keys, to every client', async () => {
    await using pair = await openPair();
    await fillArchive(pair.first);
    const records = sampleRecords();
    for (const kind of archiveKinds) {
      expect(await readAll(pair.second, kind)).toEqual(records[kind]);
      expect(await pair.second.count(kind)).toBe(records[kind].length);
    }
  });

  it('holds nothing at first', async () => {
    await using pair = await openPair();
    for (const kind of archiveKinds) {
      expect(await readAll(pair.first, kind)).toEqual([]);
      expect(await pair.first.count(kind)).toBe(0);
    }
  });

  it('adds records behind those that are there, and reads more than fit into a page', async () => {
    await using pair = await openPair();
    await pair.first.write('users', sampleRecords().users);
    const [conversation] = sampleRecords().conversations;
    const [turn] = sampleRecords().turns;
    const numbers = Array.from({ length: 250 }, (_, index) => index + 1);
    const turns = numbers.map((number) => ({
      ...turn!,
      number,
      question: { ...turn!.question, id: `msg_${number}` },
      answer: { ...turn!.answer, id: `ans_${number}` },
    }));
    await pair.first.write('conversations', [conversation!]);
    await pair.first.write('turns', turns.slice(0, 130));
    await pair.first.write('turns', turns.slice(130));
    expect(await readAll(pair.second, 'turns')).toEqual(turns);
    const [job] = sampleRecords().jobs;
    const jobs = numbers.map((number) => ({ ...job!, id: `job_${String(number).padStart(4, '0')}` }));
    await pair.first.write('jobs', jobs.slice(0, 101));
    await pair.second.write('jobs', jobs.slice(101));
    expect(await readAll(pair.first, 'jobs')).toEqual(jobs);
    expect(await pair.first.count('jobs')).toBe(250);
  });

  it('keeps contents, and replaces what is written again', async () => {
    await using pair = await openPair();
    for (const { ref, bytes } of sampleContents) {
      await pair.first.writeContent(ref, bytes);
      await pair.first.writeContent(ref, bytes);
    }
    await pair.first.write('documents', sampleRecords().documents);
    for (const { ref, bytes } of sampleContents) {
      expect(Buffer.from(await pair.second.readContent(ref))).toEqual(bytes);
    }
  });

  it('says so when a content is not there', async () => {
    await using pair = await openPair();
    const [{ ref }] = sampleContents as [(typeof sampleContents)[0]];
    await expect(pair.first.readContent(ref)).rejects.toMatchObject({ code: 'storage_failed' });
    const absent = { ...ref, content: 'text' } as const;
    await expect(pair.first.readContent(absent)).rejects.toMatchObject({ code: 'storage_failed' });
  });

  it('knows whether a copy into it is complete, and of what', async () => {
    await using pair = await openPair();
    expect(await pair.first.state()).toEqual({ state: 'usable' });
    await pair.first.beginCopy('origin');
    expect(await pair.second.state()).toEqual({ state: 'copying', origin: 'origin' });
    await pair.second.beginCopy('origin');
    await pair.second.endCopy([{ kind: 'users', records: 2, sha256: 'ab' }]);
    expect(await pair.first.state()).toMatchObject({ state: completeState });
  });
});
