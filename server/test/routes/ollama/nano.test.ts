import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../../src/main.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// The real thing from end to end: the service as it starts, and the model that comes with it.

const token = 'seu_token_secreto_de_teste';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  const environment = {
    DATA_DIR: folder.path,
    PORT: '0',
    LOG_LEVEL: 'silent',
    OFFLINE: '1',
    ADMIN_PASSWORD: 'correct horse battery staple',
    BILLUMY_TOKEN: token,
  };
  server = await startServer({ environment, folder: folder.path });
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

interface Reply {
  response: string;
  done_reason: string;
  context: number[];
  prompt_eval_count: number;
  eval_count: number;
}

async function post(path: string, body: object): Promise<{ status: number; text: string }> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: JSON.stringify(body),
  });
  return { status: reply.status, text: await reply.text() };
}

async function generate(body: object): Promise<Reply> {
  const { status, text } = await post('/api/generate', { model: 'nano', stream: false, ...body });
  expect(status, text).toBe(200);
  return JSON.parse(text) as Reply;
}

describe('the bundled model, asked as Ollama is', () => {
  it('answers the first curl command, object by object', async () => {
    const { status, text } = await post('/api/generate', { model: 'billumy', prompt: 'Bom dia' });
    expect(status, text).toBe(200);
    const objects = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { model: string; done: boolean; response: string });
    expect(objects.length).toBeGreaterThan(1);
    expect(new Set(objects.map(({ model }) => model))).toEqual(new Set(['billumy']));
    expect(objects.map(({ done }) => done)).toEqual([...objects.slice(1).map(() => false), true]);
    expect(objects.map(({ response }) => response).join('')).not.toBe('');
  });

  it('is asked as its maker recommends: greedily, so that it does not go astray', async () => {
    const first = await generate({ prompt: 'Bom dia' });
    expect(await generate({ prompt: 'Bom dia' })).toMatchObject({ response: first.response });
    const { eval_count } = await generate({ prompt: 'zig zag '.repeat(40) });
    expect(eval_count).toBeLessThanOrEqual(512);
  });

  it('says the same for the same seed', async () => {
    const options = { seed: 7, temperature: 1.5, num_predict: 12 };
    const first = await generate({ prompt: 'Era uma vez', raw: true, options });
    expect(await generate({ prompt: 'Era uma vez', raw: true, options })).toMatchObject({ response: first.response });
    expect(first).not.toHaveProperty('context');
  });

  it('goes on from what was said before', async () => {
    const first = await generate({ prompt: 'Bom dia', options: { num_predict: 8, temperature: 0 } });
    const second = await generate({ prompt: 'E agora?', context: first.context, options: { num_predict: 8 } });
    expect(second.context.slice(0, first.context.length)).toEqual(first.context);
    expect(second.prompt_eval_count).toBeGreaterThan(first.context.length);
  });

  it('keeps to a schema', async () => {
    const format = { type: 'object', properties: { sim: { type: 'boolean' } }, required: ['sim'] };
    const { response, done_reason } = await generate({ prompt: 'Diga', format, options: { num_predict: 200 } });
    expect(done_reason).toBe('stop');
    expect(JSON.parse(response)).toEqual({ sim: expect.any(Boolean) as boolean });
  });

  it('stops where it is told to', async () => {
    const all = await generate({ prompt: 'Bom dia', options: { temperature: 0 } });
    const stop = all.response.slice(3, 6);
    const { response } = await generate({ prompt: 'Bom dia', options: { temperature: 0, stop: [stop] } });
    expect(response).toBe(all.response.slice(0, all.response.indexOf(stop)));
  });

  it('is let go, and comes back', async () => {
    expect(JSON.parse((await post('/api/generate', { model: 'nano', keep_alive: 0 })).text)).toMatchObject({
      done_reason: 'unload',
    });
    const { text } = await post('/api/chat', {
      model: 'nano',
      messages: [{ role: 'user', content: 'Bom dia' }],
      stream: false,
      options: { num_predict: 4 },
    });
    expect(JSON.parse(text)).toMatchObject({
      message: { role: 'assistant' },
      load_duration: expect.any(Number) as number,
    });
  });

  it('says what it cannot do', async () => {
    expect(await post('/api/generate', { model: 'nano', prompt: 'a', suffix: 'b' })).toEqual({
      status: 400,
      text: '{"error":"registry.ollama.ai/library/nano:latest does not support insert"}',
    });
    expect(await post('/api/generate', { model: 'nope', prompt: 'a' })).toEqual({
      status: 404,
      text: `{"error":"model 'nope' not found"}`,
    });
  });
});
