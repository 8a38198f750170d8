import { describe, expect, it } from 'vitest';
import type { ModelProgress } from '../../../src/core/personas/bring-model.ts';
import type { PersonaRequest } from '../../../src/core/personas/persona-request.ts';
import type { Personas } from '../../../src/core/personas/personas.ts';
import { openModelMachine } from '../../support/model-machine.ts';
import { answers, sends } from '../../support/flaky-server.ts';
import { ggufBytes } from '../../support/gguf-bytes.ts';
import { sampleVersion } from '../../support/sample-training.ts';
import { samplePersona } from '../../support/sample-persona.ts';

const never = new AbortController().signal;

async function create(personas: Personas, name: string, request: PersonaRequest): Promise<ModelProgress[]> {
  const steps: ModelProgress[] = [];
  for await (const step of personas.create(name, request, { signal: never })) steps.push(step);
  return steps;
}

function names(listed: readonly { name: string }[]): string[] {
  return listed.map(({ name }) => name);
}

describe('personas', () => {
  it('has billumy from the first start, with and without documents', async () => {
    await using machine = await openModelMachine();
    const { personas } = machine;
    expect(await personas.find('billumy')).toMatchObject({ name: 'billumy:latest', base: null, knowledge: null });
    expect(await personas.find('Billumy:Documents')).toMatchObject({ knowledge: { collections: null } });
    expect(names(await personas.list())).toEqual(['billumy:latest', 'billumy:documents']);
  });

  it('finds by name, with every way to write it', async () => {
    await using machine = await openModelMachine();
    await machine.personaStore.save(samplePersona('Mario:latest'));
    for (const name of ['mario', 'MARIO:latest', 'library/mario', 'registry.ollama.ai/library/Mario:Latest']) {
      expect(await machine.personas.find(name), name).toMatchObject({ name: 'Mario:latest' });
    }
    for (const name of ['mario:2', 'bowser/mario', '', '../mario', '/models/mario.gguf', 'hf:a/b/c.gguf']) {
      expect(await machine.personas.find(name), name).toBeUndefined();
    }
  });

  it('lists each name once, those changed last first', async () => {
    await using machine = await openModelMachine();
    await machine.personaStore.save(
      samplePersona('Billumy:latest', { system: 'ours', updatedAt: new Date('2026-12-01') }),
    );
    await machine.personaStore.save(samplePersona('old:latest', { updatedAt: new Date(0) }));
    expect(names(await machine.personas.list())).toEqual(['Billumy:latest', 'billumy:documents', 'old:latest']);
    expect(await machine.personas.find('billumy')).toMatchObject({ system: 'ours' });
  });

  it('are made over a model, with what is said of them', async () => {
    await using machine = await openModelMachine();
    const request = {
      from: 'NANO:latest',
      system: 'Você é o Mario.',
      template: '{{ .Prompt }}',
      parameters: { temperature: 1 },
      messages: [{ role: 'user', text: 'oi' }],
      licence: ['MIT'],
      knowledge: { collections: ['manuais'] },
      pinned: true,
      insights: true,
      ignored: ['the parameter mirostat'],
    } as const;
    expect(await create(machine.personas, 'Mario', request)).toEqual([
      { status: 'ignoring the parameter mirostat, which means nothing here' },
      { status: 'writing manifest' },
      { status: 'success' },
    ]);
    const { from: _from, ignored: _ignored, ...said } = request;
    expect(await machine.personas.find('mario')).toEqual({
      name: 'Mario:latest',
      base: 'nano',
      adapter: null,
      ...said,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    });
  });

  it('take over from another persona what is not said of them', async () => {
    await using machine = await openModelMachine();
    const { personas } = machine;
    await create(personas, 'mario', {
      from: 'nano',
      system: 'Mario',
      parameters: { temperature: 1, stop: ['a'] },
      messages: [{ role: 'user', text: 'oi' }],
      licence: ['MIT'],
      knowledge: { collections: ['manuais'] },
      pinned: true,
    });
    const mario = await personas.find('mario');
    await create(personas, 'luigi', { from: 'Mario', system: '', template: '' });
    const own = { name: 'luigi:latest', createdAt: expect.any(Date), updatedAt: expect.any(Date) };
    expect(await personas.find('luigi')).toEqual({ ...mario, ...own });
    const change: PersonaRequest = {
      from: 'mario',
      system: 'Luigi',
      parameters: { stop: ['b'] },
      messages: [{ role: 'assistant', text: 'olá' }],
      licence: ['MIT', 'ours'],
      knowledge: null,
      pinned: false,
    };
    await create(personas, 'luigi', change);
    expect(await personas.find('luigi')).toMatchObject({
      base: 'nano',
      system: 'Luigi',
      parameters: { temperature: 1, stop: ['b'] },
      messages: [{ role: 'assistant', text: 'olá' }],
      licence: ['MIT', 'ours'],
      knowledge: null,
      pinned: false,
    });
    const luigi = await personas.find('luigi');
    expect(luigi!.updatedAt.getTime()).toBeGreaterThan(luigi!.createdAt.getTime());
  });

  it('replace billumy, which comes back when they are removed', async () => {
    await using machine = await openModelMachine();
    const { personas } = machine;
    const original = await personas.find('billumy');
    await create(personas, 'billumy', { from: 'billumy', system: 'ours' });
    expect(await personas.find('billumy')).toMatchObject({ system: 'ours', base: null });
    expect(await personas.remove('billumy')).toBe(true);
    expect(await personas.find('billumy')).toEqual(original);
    await expect(personas.remove('billumy')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(personas.remove('billumy:documents')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are made from uploaded files, which go with the last that needs them', async () => {
    await using machine = await openModelMachine();
    const { personas, blobs } = machine;
    const model = await machine.uploadModel();
    const adapter = await machine.uploadModel({ 'general.type': 'adapter' });
    expect(await create(personas, 'own', { files: { 'a.gguf': model }, adapters: { 'b.gguf': adapter } })).toEqual([
      { status: 'parsing GGUF' },
      { status: `using existing layer ${model}` },
      { status: `using existing layer ${adapter}` },
      { status: 'writing manifest' },
      { status: 'success' },
    ]);
    expect(await personas.find('own')).toMatchObject({ base: model, adapter });
    await create(personas, 'other', { from: model });
    await personas.copy('own', 'copy');
    await personas.remove('own');
    expect([await blobs.has(model), await blobs.has(adapter)]).toEqual([true, true]);
    await create(personas, 'copy', { from: 'nano' });
    expect([await blobs.has(model), await blobs.has(adapter)]).toEqual([true, false]);
    expect(await personas.remove('other')).toBe(true);
    expect(await blobs.has(model)).toBe(false);
    expect(await personas.remove('other')).toBe(false);
  });

  it('are made over a model that is downloaded first', async () => {
    const bytes = ggufBytes({ metadata: { 'general.architecture': 'llama' } });
    await using machine = await openModelMachine({ hub: sends({ bytes, entityTag: '"v1"' }) });
    const from = 'hf:owner/repository/model.gguf';
    const statuses = (await create(machine.personas, 'mine', { from })).map(({ status }) => status);
    expect(statuses[0]).toBe('pulling manifest');
    expect(statuses.slice(-4)).toEqual([`pulling ${from}`, 'verifying sha256 digest', 'writing manifest', 'success']);
    expect(await machine.personas.find('mine')).toMatchObject({ base: from });
    expect(await machine.files.isInstalled(from)).toBe(true);
  });

  it('are not made when something is wrong, and nothing changes', async () => {
    await using machine = await openModelMachine({ hub: answers(404) });
    const { personas } = machine;
    const model = await machine.uploadModel();
    const adapter = await machine.uploadModel({ 'general.type': 'adapter' });
    const otherKind = await machine.uploadModel({ 'general.type': 'adapter', 'general.architecture': 'qwen2' });
    const page = await machine.upload(Buffer.from('<html>Please log in</html>'));
    const absent = `sha256:${'0'.repeat(64)}`;
    const wrong: readonly [PersonaRequest, string, string][] = [
      [{}, 'invalid_request', "neither 'from' or 'files' was specified"],
      [{ from: 'a//b' }, 'invalid_request', 'invalid model name'],
      [{ from: '../../etc/passwd' }, 'invalid_request', 'invalid model name'],
      [{ from: '/models/own.gguf' }, 'invalid_request', 'invalid model name'],
      [{ from: 'models/nano/nano.gguf' }, 'invalid_request', 'invalid model name'],
      [{ from: 'gpt-4' }, 'model_unknown', 'pull model manifest: file does not exist'],
      [{ from: absent }, 'invalid_request', `blob "${absent}" not found: upload it to /api/blobs/${absent} first`],
      [{ files: {} }, 'invalid_request', 'unknown type'],
      [{ files: { '../a.gguf': model } }, 'invalid_request', 'file path must be relative'],
      [{ files: { '/a.gguf': model } }, 'invalid_request', 'file path must be relative'],
      [{ files: { 'a.gguf': '' } }, 'invalid_request', 'invalid digest format'],
      [{ files: { 'a.gguf': 'sha256:../../x' } }, 'invalid_request', 'invalid digest format'],
      [{ files: { 'a.gguf': page } }, 'invalid_request', 'supplied file was not in GGUF format'],
      [{ from: 'nano', adapters: {} }, 'invalid_request', 'unknown type'],
      [{ from: 'nano', adapters: { a: page } }, 'invalid_request', 'supplied file was not in GGUF format'],
      [
        { from: 'nano', adapters: { a: adapter, b: otherKind } },
        'invalid_request',
        'only one adapter is currently supported',
      ],
    ];
    for (const [request, code, detail] of wrong) {
      await expect(create(personas, 'mine', request), detail).rejects.toMatchObject({ code, detail });
    }
    const unusable: readonly PersonaRequest[] = [
      { files: { 'a.gguf': model, 'b.gguf': adapter } },
      { files: { 'model.safetensors': model } },
      { files: { 'a.gguf': adapter } },
      { from: 'nano', adapters: { 'a.gguf': model } },
      { from: 'nano', adapters: { 'a.gguf': otherKind } },
      { from: 'billumy', adapters: { 'a.gguf': adapter } },
    ];
    for (const request of unusable) {
      await expect(create(personas, 'mine', request)).rejects.toMatchObject({ code: 'invalid_request' });
    }
    await expect(create(personas, 'mine', { from: 'llama3.2:1b' })).rejects.toMatchObject({ code: 'download_failed' });
    for (const name of ['', 'a//b', '..', 'a.gguf', model, 'hf:a/b/c.gguf']) {
      const refused = { code: 'invalid_request', detail: 'invalid model name' };
      await expect(create(personas, name, { from: 'nano' }), name).rejects.toMatchObject(refused);
    }
    expect(await machine.personaStore.list()).toEqual([]);
  });

  it('keep to the version that they name, whatever comes into force later', async () => {
    await using machine = await openModelMachine();
    const { personas, versions } = machine;
    const version = sampleVersion('ver_1', { adapter: await machine.uploadModel({ 'general.name': 'adapter' }) });
    await versions.add(version);
    await create(personas, 'mario', { version: 'ver_1', system: 'Mario' });
    expect(await personas.find('mario')).toMatchObject({ base: 'nano', adapter: version.adapter, system: 'Mario' });
    await create(personas, 'luigi', { version: 'ver_1', from: 'mario' });
    expect(await personas.find('luigi')).toMatchObject({ adapter: version.adapter, system: 'Mario' });
    for (const request of [
      { version: 'ver_2' },
      { version: 'ver_1', from: 'billumy' },
      { version: 'ver_1', adapters: {} },
    ]) {
      await expect(create(personas, 'bowser', request)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('are copied, and so are models that are here', async () => {
    await using machine = await openModelMachine();
    const { personas } = machine;
    await create(personas, 'mario', { from: 'nano', system: 'Mario' });
    await personas.copy('Mario', 'luigi:2');
    expect(await personas.find('luigi:2')).toMatchObject({ name: 'luigi:2', base: 'nano', system: 'Mario' });
    await personas.copy('billumy', 'ours');
    expect(await personas.find('ours')).toMatchObject({ base: null });
    await personas.copy('nano', 'tiny');
    expect(await personas.find('tiny')).toMatchObject({ base: 'nano', system: null });
    for (const source of ['gpt-4', 'llama3.2:1b', 'models/nano/nano.gguf', '']) {
      await expect(personas.copy(source, 'x'), source).rejects.toMatchObject({ code: 'model_unknown' });
    }
    await expect(personas.copy('mario', 'a//b')).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
