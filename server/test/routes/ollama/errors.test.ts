import type { LightMyRequestResponse } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError, type AppErrorOptions } from '../../../src/errors/app-error.ts';
import type { ErrorCode } from '../../../src/errors/catalogue.ts';
import { closeOllamaApps, linesOf, openOllamaApp } from '../../support/ollama-app.ts';
import { start, type CompletionLine } from '../../support/scripted-completions.ts';

// Statuses and texts are Ollama's, also where they are odd: clients know them.

afterEach(closeOllamaApps);

const generate = '/api/generate';
const chat = '/api/chat';
const embed = '/api/embed';
const embeddings = '/api/embeddings';
const error = (text: string): string => JSON.stringify({ error: text });

/** A body with which a route comes as far as the model. */
const sound = {
  [generate]: { model: 'test', prompt: 'a' },
  [chat]: { model: 'test', messages: [{ role: 'user', content: 'a' }] },
  [embed]: { model: 'test', input: 'a' },
  [embeddings]: { model: 'test', prompt: 'a' },
} as const;
type Url = keyof typeof sound;
const all = [generate, chat, embed, embeddings] as const;
const writing = [generate, chat] as const;

async function refusal(url: Url, body: unknown): Promise<LightMyRequestResponse> {
  const { post, completions } = await openOllamaApp();
  const reply = await post(url, body);
  expect(completions.requests).toEqual([]);
  return reply;
}

/** The reply when the model fails with an error, before it says anything. */
async function failure(url: Url, body: object, [code, options]: [ErrorCode, AppErrorOptions?]) {
  const thrown = new AppError(code, options);
  const reject = (): Promise<never> => Promise.reject(thrown);
  const { post } = await openOllamaApp({ complete: () => [thrown], embed: reject, load: reject });
  return post(url, { ...sound[url], ...body });
}

const told = (reply: LightMyRequestResponse): unknown => [reply.statusCode, reply.body];

describe.each(all)('%s', (url) => {
  it('wants a body', async () => {
    expect(told(await refusal(url, ''))).toEqual([400, error('missing request body')]);
  });

  it('wants whole JSON', async () => {
    expect(told(await refusal(url, '{"model":"m"'))).toEqual([400, error('unexpected EOF')]);
    const text = "invalid character 'b' looking for beginning of object key string";
    expect(told(await refusal(url, '{bad'))).toEqual([400, error(text)]);
  });

  it('wants the name of a model', async () => {
    const expected = {
      [generate]: [404, error(`model '' not found`)],
      [embed]: [404, error(`model '' not found`)],
      [chat]: [400, error('model is required')],
      [embeddings]: [400, error('model is required')],
    };
    expect(told(await refusal(url, 'null'))).toEqual(expected[url]);
    expect(told(await refusal(url, '{}'))).toEqual(expected[url]);
  });

  it.each(['a//b', ':x', '../../etc/passwd', 'a b', 'x'.repeat(81)])('knows no model "%s"', async (model) => {
    const reply = await failure(url, { model }, ['model_unknown']);
    expect(told(reply)).toEqual([400, error('invalid model name')]);
  });

  it.each([
    [true, 'bool'],
    [[], '[]interface {}'],
    [{}, 'map[string]interface {}'],
  ])('does not keep a model for %j', async (keepAlive, type) => {
    const reply = await refusal(url, { ...sound[url], keep_alive: keepAlive });
    expect(told(reply)).toEqual([400, error(`Unsupported type: '${type}'`)]);
  });

  it.each([
    ['5', 'time: missing unit in duration "5"'],
    ['abc', 'time: invalid duration "abc"'],
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1m5', 'time: missing unit in duration "1m5"'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['9999999999h', 'time: invalid duration "9999999999h"'],
  ])('does not keep a model for "%s"', async (keepAlive, text) => {
    const reply = await refusal(url, { ...sound[url], keep_alive: keepAlive });
    expect(told(reply)).toEqual([400, error(text)]);
  });

  it.each([
    ['temperature', 'hot', 'of type float32'],
    ['num_ctx', true, 'of type integer'],
    ['seed', '42', 'of type integer'],
    ['use_mmap', 1, 'of type boolean'],
    ['stop', '\n', 'of type array'],
    ['stop', [1], 'of an array of strings'],
  ])('wants the option %s of its type', async (name, value, type) => {
    const reply = await refusal(url, { ...sound[url], options: { [name]: value } });
    expect(told(reply)).toEqual([500, error(`option "${name}" must be ${type}`)]);
  });

  it('says when the queue is full, and when to come back', async () => {
    const reply = await failure(url, {}, ['overloaded', { retryAfterSeconds: 7 }]);
    expect(told(reply)).toEqual([503, error('server busy, please try again.  maximum pending requests exceeded')]);
    expect(reply.headers['retry-after']).toBe('7');
  });

  it('says when a key has nothing left', async () => {
    const reply = await failure(url, {}, ['quota_exceeded', { detail: 'Wait a day.', retryAfterSeconds: 60 }]);
    expect(told(reply)).toEqual([429, error('Wait a day.')]);
    expect(reply.headers['retry-after']).toBe('60');
  });

  it('says when the model died', async () => {
    const reply = await failure(url, {}, ['engine_failed']);
    expect(reply.statusCode).toBe(500);
    expect(reply.body).toContain('model runner has unexpectedly stopped, this may be due to resource limitations');
  });

  it('says when a key may not use the model', async () => {
    const detail = 'This key may not use the model "test".';
    expect(told(await failure(url, {}, ['forbidden', { detail }]))).toEqual([403, error(detail)]);
  });
});

describe.each(writing)('%s', (url) => {
  const task = url === generate ? 'generate' : 'chat';
  const struct = url === generate ? 'GenerateRequest' : 'ChatRequest';

  it('does not know every model', async () => {
    expect(told(await failure(url, { model: 'nope' }, ['model_unknown']))).toEqual([
      404,
      error("model 'nope' not found"),
    ]);
  });

  it.each([
    [{ stream: 'yes' }, 'string', 'stream', 'bool'],
    [{ options: [] }, 'array', 'options', 'map[string]interface {}'],
    [{ top_logprobs: 1.5 }, 'number 1.5', 'top_logprobs', 'int'],
    [{ truncate: 1 }, 'number', 'truncate', 'bool'],
  ])('wants fields of their types: %j', async (body, kind, field, type) => {
    const text = `json: cannot unmarshal ${kind} into Go struct field ${struct}.${field} of type ${type}`;
    expect(told(await refusal(url, { ...sound[url], ...body }))).toEqual([400, error(text)]);
  });

  it.each([
    ['x', 'invalid think value: "x" (must be "high", "medium", "low", "max", true, or false)'],
    [1, 'think must be a boolean or string ("high", "medium", "low", "max", true, or false)'],
  ])('does not think %j', async (think, text) => {
    expect(told(await refusal(url, { ...sound[url], think }))).toEqual([400, error(text)]);
  });

  it.each([-1, 21])('does not tell the %i likeliest', async (count) => {
    const reply = await refusal(url, { ...sound[url], top_logprobs: count });
    expect(told(reply)).toEqual([400, error('top_logprobs must be between 0 and 20')]);
  });

  it.each(['xml', 5, [], true])('does not write in the form %j', async (format) => {
    const quoted = JSON.stringify(JSON.stringify(format));
    const text = `invalid format: ${quoted}; expected "json" or a valid JSON Schema object`;
    expect(told(await refusal(url, { ...sound[url], format }))).toEqual([500, error(text)]);
  });

  it('says when nothing can satisfy a schema', async () => {
    const detail = 'The schema allows nothing.';
    expect(told(await failure(url, { format: {} }, ['invalid_format', { detail }]))).toEqual([400, error(detail)]);
  });

  it.each([
    ['thinking', '"test" does not support thinking'],
    ['completion', `"test" does not support ${task}`],
    ['tools', 'registry.ollama.ai/library/test:latest does not support tools'],
    ['insert', 'registry.ollama.ai/library/test:latest does not support insert'],
    ['vision', 'registry.ollama.ai/library/test:latest does not support vision'],
  ])('says what the model cannot do: %s', async (capability, text) => {
    expect(told(await failure(url, {}, ['model_incapable', { capability }]))).toEqual([400, error(text)]);
  });

  it('passes on what the engine says of a prompt that is too long', async () => {
    const { statusCode, body } = await failure(url, { truncate: false }, ['context_too_long']);
    expect(statusCode).toBe(400);
    const text = (JSON.parse(body) as { error: string }).error;
    expect(JSON.parse(text)).toMatchObject({ error: { code: 400, type: 'exceed_context_size_error' } });
  });

  it('ends a stream that fails with a line that says so', async () => {
    const line: CompletionLine = [start, { type: 'text-delta', delta: 'Ol' }, new AppError('engine_failed')];
    const { post } = await openOllamaApp({ complete: [line, line] });
    const reply = await post(url, sound[url]);
    expect(reply.statusCode).toBe(200);
    const [first, last, ...rest] = linesOf(reply);
    expect(first).toMatchObject({ done: false });
    expect(last).toEqual({ error: expect.stringContaining('model runner has unexpectedly stopped') as string });
    expect(rest).toEqual([]);
    expect((await post(url, { ...sound[url], stream: false })).statusCode).toBe(500);
  });

  it('does not tell about the inside', async () => {
    const { post } = await openOllamaApp({ complete: () => [new Error('secret of /home/ana')] });
    const reply = await post(url, sound[url]);
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain('secret');
  });
});

describe('/api/generate', () => {
  it.each([{ template: 'x' }, { system: 'x' }, { context: [1] }])('is raw or not: %j', async (body) => {
    const reply = await refusal(generate, { ...sound[generate], raw: true, ...body });
    expect(told(reply)).toEqual([400, error('raw mode does not support template, system, or context')]);
  });

  it('says when a prompt is too long and may not be shifted', async () => {
    expect(told(await failure(generate, { shift: false }, ['context_too_long']))).toEqual([
      400,
      error(
        'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length',
      ),
    ]);
  });

  it.each([
    ['aGk', 0],
    ['aGk=aGk=', 4],
    ['aGkh!', 4],
    ['data:image/png;base64,aGk=', 4],
    ['aGkhaGkha', 8],
    ['=', 0],
    ['aGkha=', 5],
    ['aGkhaG=', 7],
    ['aGkhaG=x', 6],
    ['aG\nkh%', 5],
  ])('takes base64 only: %s', async (image, at) => {
    const text = `illegal base64 data at input byte ${at}`;
    expect(told(await refusal(generate, { ...sound[generate], images: [image] }))).toEqual([400, error(text)]);
    const messages = [{ role: 'user', content: 'a', images: [image] }];
    expect(told(await refusal(chat, { model: 'test', messages }))).toEqual([400, error(text)]);
  });

  it('takes pictures as texts', async () => {
    const text = 'json: cannot unmarshal number into Go struct field GenerateRequest.images of type api.ImageData';
    expect(told(await refusal(generate, { ...sound[generate], images: [1] }))).toEqual([400, error(text)]);
  });
});

describe('/api/chat', () => {
  it.each([
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'array', 'messages.content', 'string'],
    [{ messages: 'a' }, 'string', 'messages', '[]api.Message'],
    [{ messages: [1] }, 'number', 'messages', 'api.Message'],
    [
      { messages: [{ tool_calls: [{ function: { arguments: '{}' } }] }] },
      'string',
      'messages.tool_calls.function.arguments',
      'api.ToolCallFunctionArguments',
    ],
    [{ tools: [{ function: { name: 1 } }] }, 'number', 'tools.function.name', 'string'],
  ])('wants fields of their types: %j', async (body, kind, field, type) => {
    const text = `json: cannot unmarshal ${kind} into Go struct field ChatRequest.${field} of type ${type}`;
    expect(told(await refusal(chat, { ...sound[chat], ...body }))).toEqual([400, error(text)]);
  });

  it('knows four roles', async () => {
    const reply = await refusal(chat, { model: 'test', messages: [{ role: 'boss', content: 'a' }] });
    expect(told(reply)).toEqual([
      400,
      error('invalid role: "boss", role must be one of system, user, assistant, tool'),
    ]);
  });

  it('wants names of functions', async () => {
    const reply = await refusal(chat, { ...sound[chat], tools: [{ type: 'function', function: {} }] });
    expect(told(reply)).toEqual([400, error('invalid tool: a function needs a name')]);
  });
});

describe('embedding', () => {
  it.each([embed, embeddings] as const)('does not know every model: %s', async (url) => {
    expect(told(await failure(url, { model: 'nope' }, ['model_unknown']))).toEqual([
      404,
      error('model "nope" not found, try pulling it first'),
    ]);
  });

  it.each([5, {}, ['a', 1], [['a']]])('takes texts only: %j', async (input) => {
    expect(told(await refusal(embed, { ...sound[embed], input }))).toEqual([400, error('invalid input type')]);
  });

  it('says when a text is too long and may not be cut', async () => {
    expect(told(await failure(embed, { truncate: false }, ['context_too_long']))).toEqual([
      400,
      error('the input length exceeds the context length'),
    ]);
  });

  it('gives no numbers that are none', async () => {
    const { post } = await openOllamaApp({
      embed: async () => ({ vectors: [Float32Array.of(1, NaN)], promptTokens: 1 }),
    });
    expect(told(await post(embed, sound[embed]))).toEqual([400, error('embedding contains NaN or Inf values')]);
  });
});
