import { afterEach, describe, expect, it } from 'vitest';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';
import { start, type CompletionLine } from '../../support/scripted-completions.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(closeOllamaApps);

const bodies = {
  '/api/generate': { model: 'm', prompt: 'a' },
  '/api/chat': { model: 'm', messages: [{ role: 'user', content: 'a' }] },
};

const thinksForEver: CompletionLine = ['until-left'];
const writesForEver: CompletionLine = [start, { type: 'text-delta', delta: 'Ol' }, 'until-left'];

describe.each(['/api/generate', '/api/chat'] as const)('a client of %s that leaves', (url) => {
  it.each([
    ['before the first word', thinksForEver, true],
    ['in the middle of a stream', writesForEver, true],
    ['before a whole reply', writesForEver, false],
  ])('ends the work: %s', async (_name, line, stream) => {
    const { app, completions } = await openOllamaApp({ complete: [line] });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const reply = fetch(address + url, {
      method: 'POST',
      headers: { authorization: 'Bearer ana' },
      body: JSON.stringify({ ...bodies[url], stream }),
      signal: client.signal,
    }).then((response) => response.text());
    const failure = reply.catch((error: unknown) => error);
    await eventually(() => expect(completions.running).toBe(1));
    client.abort();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    await eventually(() => expect(completions.running).toBe(0));
  });

  it('gets each line as soon as it is written', async () => {
    const { app } = await openOllamaApp({ complete: [writesForEver] });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const response = await fetch(address + url, {
      method: 'POST',
      headers: { authorization: 'Bearer ana' },
      body: JSON.stringify(bodies[url]),
      signal: client.signal,
    });
    const { value } = await response.body!.pipeThrough(new TextDecoderStream()).getReader().read();
    expect(value).toMatch(/"done":false}\n$/);
    client.abort();
  });
});
