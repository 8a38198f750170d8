import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useDialectApps } from '../../support/dialect-app.ts';
import { says, start } from '../../support/scripted-completions.ts';

const hello = { model: 'nano', messages: [{ role: 'user', content: 'Olá' }], max_tokens: 5 };
const routes = ['/v1/chat/completions', '/v1/messages'];
const open = useDialectApps({ complete: () => says('Olá') });

describe.each(routes)('a hostile body of %s', (url) => {
  it('may have 10,000 messages', async () => {
    const { post, completions } = await open();
    const messages = Array.from({ length: 10_000 }, (_value, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `turn ${index}`,
    }));
    expect((await post(url, { ...hello, messages })).statusCode).toBe(200);
    const prompt = completions.requests[0]?.prompt;
    expect(prompt?.type === 'chat' && prompt.messages.length).toBe(10_000);
  });

  it.each([
    ['nests too deep', `{"model":"nano","messages":${'['.repeat(100)}${']'.repeat(100)}}`],
    ['reaches for prototypes', '{"model":"nano","__proto__":{"stream":true},"messages":[]}'],
    ['has a NUL character', JSON.stringify({ ...hello, messages: [{ role: 'user', content: 'a\0b' }] })],
    ['has a lone surrogate', String.raw`{"model":"nano","messages":[{"role":"user","content":"\ud800"}]}`],
    ['has a number that is none', '{"model":"nano","max_tokens":1e999,"messages":[]}'],
    ['is a list', '[]'],
    ['is a text', '"hello"'],
    ['is null', 'null'],
    ['is empty', ''],
    ['is no JSON', '{"model"'],
  ])('is refused when it %s', async (_name, body) => {
    const { post, completions } = await open();
    const reply = await post(url, body);
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({
      error: { type: 'invalid_request_error', message: expect.any(String) as string },
    });
    expect(completions.requests).toEqual([]);
  });

  it('is refused when its picture is almost base64, however long it is', async () => {
    const { post } = await open();
    const data = `${'A'.repeat(8 * 1024 * 1024)}*`;
    const content =
      url === '/v1/messages'
        ? [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }]
        : [{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }];
    const reply = await post(url, { ...hello, messages: [{ role: 'user', content }] });
    expect([reply.statusCode, reply.body]).toEqual([400, expect.stringContaining('invalid image input')]);
    expect(reply.body.length).toBeLessThan(500);
  });

  it('names itself and its model only in characters that a header may have', async () => {
    const model = { name: 'modelo-ção\r\nx: y', persona: null, route: null };
    const { post } = await open({ complete: () => [{ type: 'start', model }, ...says('x').slice(1)] });
    const reply = await post(url, hello);
    expect(reply.headers['x-billumy-model']).toBe('modelo-??o??x: y');
  });
});

describe.each([...routes, '/v1/completions', '/v1/responses'])('a client of %s that leaves', (url) => {
  it.each([true, false])('ends the work (streamed: %s)', async (stream) => {
    const { app, completions } = await open({
      complete: () => [start, { type: 'text-delta', delta: 'Para ' }, 'until-left'],
    });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const reply = fetch(address + url, {
      method: 'POST',
      headers: { authorization: 'Bearer ana', 'content-type': 'application/json' },
      body: JSON.stringify({ ...hello, prompt: url === '/v1/completions' ? 'Olá' : undefined, input: 'Olá', stream }),
      signal: client.signal,
    }).then((response) => response.text());
    const failure = reply.catch((error: unknown) => error);
    await until(() => completions.running === 1);
    client.abort();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    await until(() => completions.running === 0);
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    expect(Date.now()).toBeLessThan(deadline);
    await wait(5);
  }
}
