import { describe, expect, it } from 'vitest';
import { createRemoteModelFiles } from '../../../../src/services/engine/remote/remote-model-files.ts';
import { ollamaKnown, openAiKnown } from '../../../support/engine-doubles/dialects.ts';
import { openEngineDouble, type Reply, sends } from '../../../support/engine-doubles/engine-double.ts';
import { openRemote } from '../../../support/remote-engine.ts';

const signal = new AbortController().signal;

async function open(known: Readonly<Record<string, unknown>>, pull: Reply = sends('')) {
  const double = await openEngineDouble({ known, completions: [pull], alsoCompletions: ['/api/pull'] });
  const engine = await openRemote({ urls: [double.url], servers: [double] });
  const configured = new Map([['vetores', 'embedding' as const]]);
  return Object.assign(engine, { double, files: createRemoteModelFiles({ fleet: engine.fleet, configured }) });
}

describe('the models of engines', () => {
  it('are described as the engines do, under the names that people write', async () => {
    await using opened = await open(ollamaKnown);
    const profile = { name: 'Tiny', kind: 'language', contextTokens: 4096, bytes: 1000, sha256: 'a'.repeat(64) };
    expect(await opened.files.profile('Tiny')).toMatchObject(profile);
    expect(await opened.files.isInstalled('tiny:latest')).toBe(true);
    expect(await opened.files.describe('tiny')).toMatchObject({ digest: 'a'.repeat(64), metadata: {}, tensors: [] });
    expect((await opened.files.list()).map((one) => one.profile.name)).toEqual(['tiny:latest']);
  });

  it('are of the catalogue too, and of the settings, but of nothing else', async () => {
    await using opened = await open(ollamaKnown);
    expect(await opened.files.isInstalled('embeddinggemma:300m')).toBe(false);
    const prefix = 'task: search result | query: ';
    expect(await opened.files.profile('embeddinggemma:300m')).toMatchObject({ kind: 'embedding', queryPrefix: prefix });
    expect(await opened.files.profile('vetores')).toMatchObject({ kind: 'embedding' });
    await expect(opened.files.profile('gpt-4')).rejects.toMatchObject({ code: 'model_unknown' });
    await expect(opened.files.isInstalled('../x')).rejects.toMatchObject({ code: 'model_unknown' });
  });

  it('are brought by an Ollama, which tells how far it is', async () => {
    const line = (more: Record<string, unknown>): string => `${JSON.stringify({ status: 'pulling', ...more })}\n`;
    const part = line({ digest: 'sha256:1', total: 100, completed: 40 });
    let finish = (): void => undefined;
    await using opened = await open(ollamaKnown, (response) => {
      response.writeHead(200);
      response.write(part);
      finish = () => void response.end('{"status":"success"}\n');
    });
    const bringing = opened.files.download('llama3.2:3b', { signal });
    await expect
      .poll(() => opened.files.downloads())
      .toMatchObject([{ bytesDone: 40, bytesTotal: 100, state: 'running' }]);
    finish();
    await bringing;
    expect(opened.files.downloads()).toEqual([]);
    expect(opened.double.completions).toMatchObject([{ path: '/api/pull', body: { model: 'llama3.2:3b' } }]);
  });

  it('are shown as failed when the Ollama cannot bring them', async () => {
    await using opened = await open(ollamaKnown, sends('{"error":"pull model manifest: file does not exist"}\n'));
    await expect(opened.files.download('llama3.2:3b', { signal })).rejects.toMatchObject({ code: 'download_failed' });
    expect(opened.files.downloads()).toMatchObject([{ model: 'llama3.2:3b', state: 'failed' }]);
  });

  it('cannot be brought or removed where an engine has what it was started with', async () => {
    await using opened = await open(openAiKnown);
    await expect(opened.files.download('llama3.2:3b', { signal })).rejects.toMatchObject({ code: 'model_unavailable' });
    await expect(opened.files.remove('tiny')).rejects.toMatchObject({ code: 'forbidden' });
  });
});
