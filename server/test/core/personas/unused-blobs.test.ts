import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPersonas } from '../../../src/core/personas/create-personas.ts';
import type { PersonaRequest } from '../../../src/core/personas/persona-request.ts';
import type { Personas } from '../../../src/core/personas/personas.ts';
import { openModelMachine } from '../../support/model-machine.ts';
import { sampleVersion } from '../../support/sample-training.ts';

const never = new AbortController().signal;

async function create(personas: Personas, name: string, request: PersonaRequest): Promise<void> {
  for await (const _ of personas.create(name, request, { signal: never }));
}

describe('what was uploaded and never used', () => {
  const tomorrow = (): Date => new Date(Date.now() + 86_400_000);

  it('is forgotten, and nothing that is needed or young', async () => {
    await using machine = await openModelMachine();
    const { blobs, personas } = machine;
    const used = await machine.uploadModel({ 'general.name': 'used' });
    const unused = await machine.uploadModel({ 'general.name': 'unused' });
    await create(personas, 'mario', { from: used });
    await personas.removeUnusedBlobs(new Date(Date.now() - 86_400_000));
    expect([await blobs.has(used), await blobs.has(unused)]).toEqual([true, true]);
    await personas.removeUnusedBlobs(tomorrow());
    expect([await blobs.has(used), await blobs.has(unused)]).toEqual([true, false]);
  });

  it('stays as long as a version is made of it', async () => {
    await using machine = await openModelMachine();
    const { blobs, personas, versions } = machine;
    const adapter = await machine.uploadModel();
    await versions.add(sampleVersion('ver_1', { adapter }));
    await personas.removeUnusedBlobs(tomorrow());
    expect(await blobs.has(adapter)).toBe(true);
    await versions.delete('ver_1');
    await personas.removeUnusedBlobs(tomorrow());
    expect(await blobs.has(adapter)).toBe(false);
  });

  it('stays when the settings name it', async () => {
    await using machine = await openModelMachine();
    const digest = await machine.uploadModel();
    const { files, blobs, personaStore, versions, now } = machine;
    const personas = createPersonas({ files, blobs, personaStore, versions, configured: [digest, 'nano'], now });
    await create(personas, 'mario', { from: digest });
    await personas.remove('mario');
    await personas.removeUnusedBlobs(tomorrow());
    expect(await blobs.has(digest)).toBe(true);
  });

  it('is not what is still on its way', async () => {
    await using machine = await openModelMachine();
    const { blobs, personas } = machine;
    const content = Buffer.from('comes slowly');
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const slowly = async function* (): AsyncGenerator<Buffer> {
      yield content.subarray(0, 5);
      await personas.removeUnusedBlobs(tomorrow());
      yield content.subarray(5);
    };
    await blobs.put(digest, slowly(), { bytes: content.length });
    expect(await blobs.has(digest)).toBe(true);
  });
});
