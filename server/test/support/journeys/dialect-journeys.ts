import { createApiKey, usageReplySchema, type NewApiKey } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator } from '../api.ts';
import type { RunningService, StartService } from './start-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';

type Json = Record<string, unknown>;

interface Reply {
  status: number;
  text: string;
  json(): Json;
  /** The objects of Ollama's lines. */
  lines(): Json[];
  /** The objects of server-sent events, without the `[DONE]` of OpenAI. */
  events(): Json[];
}

function parseAll(parts: readonly string[]): Json[] {
  return parts.map((part) => JSON.parse(part) as Json);
}

function inputTokens({ usage }: Json): number {
  return (usage as { input_tokens: number }).input_tokens;
}

/** Calls a service with a key, as a client of one of the dialects does; without a body it is a GET. */
function caller(url: string, key: string): (path: string, body?: object) => Promise<Reply> {
  return async (path, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const reply = await fetch(
      `${url}${path}`,
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
    );
    const text = await reply.text();
    return {
      status: reply.status,
      text,
      json: () => JSON.parse(text) as Json,
      lines: () => parseAll(text.trimEnd().split('\n')),
      events: () => parseAll([...text.matchAll(/^data: (\{.*)$/gm)].map(([, data = '']) => data)),
    };
  };
}

async function withKey({ url }: RunningService, limits: Partial<NewApiKey> = {}) {
  const { key } = await createApiKey(await asAdministrator(url), { name: 'client', scopes: ['ask'], ...limits });
  return { key, call: caller(url, key) };
}

const hello = [{ role: 'user', content: 'Olá' }];
/** Always the same answer, and never a long one. */
const options = { temperature: 0, num_predict: 60 };
const short = { temperature: 0, max_tokens: 60 };

/** What clients of other products do with a service; `start` begins it anew on what a folder stands for. */
export function dialectJourneys(what: string, start: StartService): void {
  describe(`${what}, for clients of other products`, { timeout: 180_000 }, () => {
    let shared: Awaited<ReturnType<typeof temporaryFolder>>;
    let running: RunningService;
    beforeAll(async () => {
      shared = await temporaryFolder();
      running = await start(shared.path);
    });
    afterAll(async () => {
      await running[Symbol.asyncDispose]();
      await shared[Symbol.asyncDispose]();
    });

    it('speaks as Ollama: a conversation by its context, a chat in lines, and what is not there', async () => {
      const { call } = await withKey(running);

      const first = (await call('/api/generate', { model: 'nano', prompt: 'Olá', stream: false, options })).json();
      expect(first).toMatchObject({
        model: 'nano',
        done: true,
        done_reason: 'stop',
        response: expect.stringMatching(/./),
      });
      const { context, prompt_eval_count: firstTokens } = first as { context: number[]; prompt_eval_count: number };
      const again = { model: 'nano', prompt: 'Qual é o prazo?', context, options };
      const last = (await call('/api/generate', again)).lines().at(-1) as {
        context: number[];
        prompt_eval_count: number;
      };
      expect(last).toMatchObject({ done: true, response: '' });
      expect(last.context.slice(0, context.length)).toEqual(context);
      expect(last.prompt_eval_count).toBeGreaterThan(context.length);
      expect(firstTokens).toBeLessThan(context.length);

      const chat = (await call('/api/chat', { model: 'nano', messages: hello, options })).lines();
      const said = chat.map(({ message }) => (message as { content: string }).content).join('');
      expect(said).not.toBe('');
      expect(chat.map(({ done }) => done)).toEqual([...chat.slice(1).map(() => false), true]);
      expect(chat.at(-1)).toMatchObject({ eval_count: expect.any(Number), total_duration: expect.any(Number) });

      const embedded = await call('/api/embed', { model: 'nada', input: 'oi' });
      expect([embedded.status, embedded.json()]).toEqual([
        404,
        { error: 'model "nada" not found, try pulling it first' },
      ]);
    });

    it('speaks as OpenAI and Anthropic: streams with their usage, responses that go on, messages', async () => {
      const { call } = await withKey(running);

      const streamed = await call('/v1/chat/completions', {
        model: 'nano',
        messages: hello,
        stream: true,
        ...short,
        stream_options: { include_usage: true },
      });
      expect(streamed.text).toMatch(/\ndata: \[DONE\]\n\n$/);
      expect(streamed.events().at(-1)).toMatchObject({
        object: 'chat.completion.chunk',
        choices: [],
        usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
      });

      const first = (await call('/v1/responses', { model: 'nano', input: 'Olá', temperature: 0 })).json();
      expect(first).toMatchObject({ object: 'response', status: 'completed' });
      const asked = {
        model: 'nano',
        input: 'Olá',
        temperature: 0,
        max_output_tokens: 60,
        previous_response_id: first['id'],
      };
      const second = (await call('/v1/responses', asked)).json();
      expect(second).toMatchObject({ object: 'response', previous_response_id: first['id'] });
      expect(inputTokens(second)).toBeGreaterThan(inputTokens(first));

      const message = (await call('/v1/messages', { model: 'nano', messages: hello, ...short })).json();
      expect(message).toMatchObject({
        type: 'message',
        role: 'assistant',
        content: [{ type: 'text', text: expect.stringMatching(/./) }],
        stop_reason: 'end_turn',
      });
    });

    it('keeps a persona that one key made, for another that may use nothing else', async () => {
      await using folder = await temporaryFolder();
      await using service = await start(folder.path);
      const owner = await withKey(service, { scopes: ['ask', 'admin'] });
      const created = await owner.call('/api/create', {
        model: 'frase',
        from: 'nano',
        system: 'Você responde em uma frase.',
        parameters: options,
      });
      expect(created.lines().at(-1)).toEqual({ status: 'success' });
      const asOpenAi = (await owner.call('/v1/chat/completions', { model: 'frase', messages: hello })).json();
      const [{ message: answer }] = asOpenAi['choices'] as [{ message: { content: string } }];

      const guest = await withKey(service, { models: ['frase'], dialects: ['ollama'] });
      const chat = { model: 'frase', messages: hello, stream: false };
      expect((await guest.call('/api/chat', chat)).json()).toMatchObject({
        message: { role: 'assistant', content: answer.content },
      });
      const refused = await guest.call('/api/chat', { model: 'billumy', messages: hello });
      const error =
        'This key may not use the model "billumy:latest": GET /v1/models or /api/tags lists those it may use.';
      expect([refused.status, refused.json()]).toEqual([403, { error }]);
      const elsewhere = await guest.call('/v1/chat/completions', { model: 'frase', messages: hello });
      expect([elsewhere.status, elsewhere.json()]).toMatchObject([403, { error: { message: expect.any(String) } }]);
      expect((await guest.call('/api/create', { model: 'outra', from: 'frase' })).status).toBe(403);

      // Of two services, the one that answered stores what it counted within a second.
      const administrator = await asAdministrator(service.url);
      const ofGuest = { key_id: guest.key.split('_')[1], model: expect.any(String) as string, requests: 1 };
      await expect
        .poll(async () => usageReplySchema.parse(await administrator.json('/usage')).items)
        .toContainEqual(expect.objectContaining(ofGuest));
      expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });

      await using restarted = await start(folder.path);
      const back = caller(restarted.url, guest.key);
      const { models } = (await back('/api/tags')).json() as { models: { name: string }[] };
      expect(models.map(({ name }) => name)).toContain('frase:latest');
      expect((await back('/api/chat', chat)).json()).toMatchObject({ message: { content: answer.content } });
    });
  });
}
