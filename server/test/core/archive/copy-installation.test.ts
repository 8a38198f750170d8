import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { copyInstallation, type CopyProgress, type Installation } from '../../../src/core/archive/copy-installation.ts';
import { archiveKinds } from '../../../src/models/archive.ts';
import type { Archive } from '../../../src/ports/archive.ts';
import {
  emptyBackup,
  emptyFolder,
  everythingIn,
  filledFolder,
  type TestInstallation,
} from '../../support/archive-installations.ts';
import { sampleContents, sampleRecords } from '../../support/archive-records.ts';

const { signal } = new AbortController();

const copy = (source: Installation, target: Installation) => copyInstallation({ source, target, signal });

/** The target as it would be if the program were killed when it had made so many changes. */
function endingAfter(target: Installation, changes: number): Installation {
  let made = 0;
  const change = async (work: () => Promise<void>): Promise<void> => {
    if (made < changes) await work();
    made += 1;
    if (made >= changes) throw new Error('killed');
  };
  const archive: Archive = {
    ...target.archive,
    write: (kind, records) => change(() => target.archive.write(kind, records)),
    writeContent: (ref, bytes) => change(() => target.archive.writeContent(ref, bytes)),
    beginCopy: (origin) => change(() => target.archive.beginCopy(origin)),
    endCopy: (summaries) => change(() => target.archive.endCopy(summaries)),
  };
  return { ...target, archive };
}

/** The mark of a copy, the contents, a batch of each kind, and the end. */
const changesOfCopy = 1 + sampleContents.length + archiveKinds.length + 1;

const targets: [string, () => Promise<TestInstallation>][] = [
  ['a folder of data', emptyFolder],
  ['a backup', emptyBackup],
];

describe.each(targets)('copying an installation into %s', (_name, open) => {
  it('copies every record, content and uploaded model file', async () => {
    await using source = await filledFolder();
    await using target = await open();
    const model = Buffer.from('a model');
    const digest = `sha256:${createHash('sha256').update(model).digest('hex')}`;
    await source.blobs.put(digest, inOnePiece(model), { bytes: null });
    const steps = new Set<CopyProgress['step']>();
    const onProgress = ({ step }: CopyProgress): void => void steps.add(step);
    const result = await copyInstallation({ source, target, signal, onProgress });
    expect(await everythingIn(target.archive)).toEqual(sampleRecords());
    for (const { ref, bytes } of sampleContents) {
      expect(Buffer.from(await target.archive.readContent(ref))).toEqual(bytes);
    }
    expect(await target.blobs.has(digest)).toBe(true);
    // The adapters of a persona and of a version.
    const missing = ['ab', 'cd'].map((byte) => `sha256:${byte.repeat(32)}`);
    expect(result).toMatchObject({ modelFiles: 1, missingModelFiles: missing });
    expect(Object.fromEntries(result.summaries.map(({ kind, records }) => [kind, records]))).toMatchObject({
      users: 2,
      turns: 3,
      documents: 1,
    });
    expect(steps).toEqual(new Set(['checking', 'model-files', 'copying', 'verifying']));
  });

  it('goes on when it was ended after any number of changes', async () => {
    await using source = await filledFolder();
    for (let changes = 0; changes <= changesOfCopy; changes += 1) {
      await using target = await open();
      await expect(copy(source, endingAfter(target, changes))).rejects.toThrow('killed');
      const isComplete = changes === changesOfCopy;
      const { state } = await target.archive.state();
      if (!isComplete) await copy(source, target);
      expect(state === 'copying').toBe(!isComplete && changes > 0);
      expect(await everythingIn(target.archive)).toEqual(sampleRecords());
    }
  });

  it('finds a record that the target did not keep as it was, and leaves the copy unfinished', async () => {
    await using source = await filledFolder();
    await using target = await open();
    const archive: Archive = {
      ...target.archive,
      write: (kind, records) =>
        target.archive.write(
          kind,
          records.map((record) => ('username' in record ? { ...record, sessionVersion: 7 } : record)),
        ),
    };
    await expect(copy(source, { ...target, archive })).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('its users differ') as string,
    });
    expect(await target.archive.state()).toMatchObject({ state: 'copying' });
  });

  it('finds a content that the target did not keep as it was', async () => {
    await using source = await filledFolder();
    await using target = await open();
    const archive: Archive = { ...target.archive, readContent: async () => Buffer.from('something else') };
    await expect(copy(source, { ...target, archive })).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await target.archive.state()).toMatchObject({ state: 'copying' });
  });

  it('leaves out what belongs to somebody who came while it was copied', async () => {
    await using source = await filledFolder();
    await using target = await open();
    const late = { ...sampleRecords().users[0]!, id: 'usr_3', username: 'carla' };
    const onProgress = ({ step, kind }: { step: string; kind?: string }): void => {
      if (step === 'copying' && kind === 'users') isLate = true;
    };
    let isLate = false;
    const archive: Archive = {
      ...source.archive,
      async *read(kind) {
        if (kind === 'api-keys' && isLate) {
          await source.archive.write('users', [late]);
          await source.archive.write('api-keys', [{ ...sampleRecords()['api-keys'][0]!, id: '0000', userId: late.id }]);
        }
        yield* source.archive.read(kind);
      },
    };
    await copyInstallation({ source: { ...source, archive }, target, signal, onProgress });
    expect(await everythingIn(target.archive)).toEqual(sampleRecords());
  });

  it('refuses a target that holds data, and leaves it as it is', async () => {
    await using source = await filledFolder();
    await using target = await open();
    await copy(source, target);
    const before = await everythingIn(target.archive);
    await expect(copy(source, target)).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('holds data already') as string,
    });
    expect(await everythingIn(target.archive)).toEqual(before);
  });

  it('refuses to go on with the copy of another installation', async () => {
    await using source = await filledFolder();
    await using target = await open();
    await expect(copy(source, endingAfter(target, 4))).rejects.toThrow('killed');
    await using other = await emptyFolder();
    await other.archive.write('secrets', [{ name: 'access-token-key', value: 'AAAA' }]);
    await expect(copy(other, target)).rejects.toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('another installation') as string,
    });
  });

  it('says so when the source changed between an interrupted run and the next', async () => {
    await using source = await filledFolder();
    await using target = await open();
    await expect(copy(source, endingAfter(target, changesOfCopy - 1))).rejects.toThrow('killed');
    await source.archive.write('users', [{ ...sampleRecords().users[0]!, id: 'usr_0', username: 'carla' }]);
    await expect(copy(source, target)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stops when it is told to, and goes on later', async () => {
    await using source = await filledFolder();
    await using target = await open();
    const stopping = new AbortController();
    const onProgress = ({ step, kind }: { step: string; kind?: string }): void => {
      if (step === 'copying' && kind === 'turns') stopping.abort(new Error('enough'));
    };
    const stopped = copyInstallation({ source, target, signal: stopping.signal, onProgress });
    await expect(stopped).rejects.toThrow('enough');
    await copy(source, target);
    expect(await everythingIn(target.archive)).toEqual(sampleRecords());
  });
});

async function* inOnePiece(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
