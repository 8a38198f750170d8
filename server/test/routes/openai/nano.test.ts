import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { parseConfig } from '../../../src/config/config.ts';
import type { App } from '../../../src/routes/http/route.ts';
import { wire, type Service } from '../../../src/wire.ts';
import { dataOf } from '../../support/dialect-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// The dialects over everything that is behind them in the service, with the bundled model.

const key = 'um-texto-qualquer-do-compose';
const model = 'nano';
const messages = [{ role: 'user', content: 'Olá, tudo bem?' }];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: Service;
let app: App;

beforeAll(async () => {
  folder = await temporaryFolder();
  const settings = { OFFLINE: '1', LANGUAGE_MODEL: model, ADMIN_PASSWORD: 'correct horse', BILLUMY_TOKEN: key };
  const config = parseConfig({ DATA_DIR: folder.path, ...settings });
  service = await wire({ config, report: (what, error) => expect.unreachable(`${what}: ${String(error)}`) });
  app = await buildApp({ ...service.app, logLevel: 'silent' });
});
afterAll(async () => {
  await app.close();
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Chat {
  choices: {
    text: string;
    message: { content: string };
    finish_reason: string;
    logprobs: { content: { top_logprobs: object[] }[] };
  }[];
  usage: { prompt_tokens: number; completion_tokens: number; input_tokens: number };
}

/** The fields of all replies together. */
interface Reply extends Chat {
  id: string;
  tokens: number[];
}

async function post(url: string, body: object): Promise<{ status: number; reply: Reply; text: string }> {
  const { statusCode, body: text } = await app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${key}` },
    payload: { model, ...body },
  });
  return { status: statusCode, reply: (text.startsWith('{') ? JSON.parse(text) : {}) as Reply, text };
}

const chat = async (body: object): Promise<Chat> => {
  const { status, reply, text } = await post('/v1/chat/completions', { messages, max_tokens: 40, ...body });
  expect(status, text).toBe(200);
  return reply;
};
const textOf = async (body: object): Promise<string> => (await chat(body)).choices[0]!.message.content;

describe('the bundled model through the dialect of OpenAI', () => {
  it('says the same again for the same seed, whole and streamed', async () => {
    const first = await textOf({ seed: 7 });
    expect(first).not.toBe('');
    expect(await textOf({ seed: 7 })).toBe(first);
    const { text } = await post('/v1/chat/completions', { messages, max_tokens: 40, seed: 7, stream: true });
    const deltas = dataOf(text).map(({ choices }) => (choices as { delta: { content?: string } }[])[0]?.delta.content);
    expect(deltas.join('')).toBe(first);
  });

  it('stops where it is told', async () => {
    const [whole, cut] = [await textOf({ temperature: 0 }), await chat({ temperature: 0, max_tokens: 3 })];
    expect(cut).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 3 } });
    const stop = whole.slice(4, 6);
    const stopped = await chat({ temperature: 0, stop });
    expect(stopped.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: whole.slice(0, whole.indexOf(stop)) },
    });
  });

  it('writes what a schema asks for, and refuses one that nothing satisfies', async () => {
    const format = (schema: object) => ({ type: 'json_schema', json_schema: { name: 'a', schema } });
    const schema = { type: 'object', properties: { city: { enum: ['Manaus', 'Belém'] } }, required: ['city'] };
    // Greedy, and with room: between the words a small model may put many spaces.
    const asked = { temperature: 0, max_tokens: 400 };
    const text = await textOf({ ...asked, response_format: format({ ...schema, additionalProperties: false }) });
    expect(['Manaus', 'Belém']).toContain((JSON.parse(text) as { city: string }).city);
    const never = { type: 'string', minLength: 5, maxLength: 2 };
    const { status, reply } = await post('/v1/chat/completions', { messages, response_format: format(never) });
    expect(status).toBe(400);
    expect(reply).toMatchObject({ error: { type: 'invalid_request_error', code: 'invalid_format' } });
  });

  it('tells probabilities, writes choices, and never says a token that is forbidden', async () => {
    const { choices } = await chat({ logprobs: true, top_logprobs: 3, n: 2, seed: 7 });
    expect(choices).toHaveLength(2);
    expect(choices[1]?.logprobs.content[0]?.top_logprobs).toHaveLength(3);
    const usual = await textOf({ temperature: 0, max_tokens: 1 });
    const { reply } = await post('/v1/tokenize', { text: usual });
    const forbidden = Object.fromEntries(reply.tokens.map((token) => [token, -100]));
    expect(await textOf({ temperature: 0, max_tokens: 1, logit_bias: forbidden })).not.toBe(usual);
  });

  it('counts tokens as it reads them', async () => {
    const { usage } = await chat({ max_tokens: 1 });
    const counted = await post('/v1/messages/count_tokens', { messages });
    expect(counted.reply).toEqual({ input_tokens: usage.prompt_tokens });
    const { reply } = await post('/v1/tokenize', { text: 'Olá, tudo bem?' });
    const back = await post('/v1/detokenize', { tokens: reply.tokens });
    expect(back.reply).toEqual({ text: 'Olá, tudo bem?', count: reply.tokens.length });
  });

  it('goes on with a text, also from its tokens', async () => {
    const whole = await post('/v1/completions', { prompt: 'Olá', temperature: 0 });
    const { reply } = await post('/v1/tokenize', { text: 'Olá' });
    const again = await post('/v1/completions', {
      prompt: reply.tokens,
      temperature: 0,
    });
    expect(whole.reply.choices[0]?.text).not.toBe('');
    expect(again.reply.choices).toEqual(whole.reply.choices);
  });

  it('goes on from a response', async () => {
    const first = await post('/v1/responses', { input: 'Olá' });
    const from = { previous_response_id: first.reply.id };
    const next = await post('/v1/responses', { input: 'Olá', ...from });
    expect(next.status, next.text).toBe(200);
    expect(next.reply.usage.input_tokens).toBeGreaterThan(first.reply.usage.input_tokens * 2);
  });

  it('refuses what does not fit into its context, and what it was not made for', async () => {
    const long = [{ role: 'user', content: 'palavra '.repeat(5000) }];
    const tools = [{ type: 'function', function: { name: 'weather' } }];
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } };
    for (const [body, code] of [
      [{ messages: long }, 'context_length_exceeded'],
      [{ messages, tools }, 'model_incapable'],
      [{ messages: [{ role: 'user', content: [picture] }] }, 'model_incapable'],
      [{ messages, reasoning_effort: 'high' }, 'model_incapable'],
    ] as const) {
      const { status, reply } = await post('/v1/chat/completions', body);
      expect([status, reply]).toMatchObject([400, { error: { code } }]);
    }
  });
});
