import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';
import { error, openRefusals, sound, told, type Refusals } from '../../support/ollama-refusals.ts';
import { verbatim } from '../../../src/errors/told.ts';

// Statuses and texts are Ollama's, also where they are odd: clients know them.

let refusal: Refusals['refusal'];
let failure: Refusals['failure'];
beforeAll(async () => void ({ refusal, failure } = await openRefusals()));
afterAll(closeOllamaApps);

const generate = '/api/generate';
const chat = '/api/chat';
const embed = '/api/embed';
const embeddings = '/api/embeddings';

describe.each([generate, chat, embed, embeddings] as const)('%s', (url) => {
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
    const reply = await failure(url, {}, [
      'quota_exceeded',
      { detail: verbatim('Wait a day.'), retryAfterSeconds: 60 },
    ]);
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
    expect(told(await failure(url, {}, ['forbidden', { detail: verbatim(detail) }]))).toEqual([403, error(detail)]);
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
