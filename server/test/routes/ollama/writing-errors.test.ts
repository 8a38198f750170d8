import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { closeOllamaApps, linesOf, openOllamaApp } from '../../support/ollama-app.ts';
import { error, openRefusals, sound, told, type Refusals } from '../../support/ollama-refusals.ts';
import { start, type CompletionLine } from '../../support/scripted-completions.ts';
import { verbatim } from '../../../src/errors/told.ts';

// Statuses and texts are Ollama's, also where they are odd: clients know them.

let refusal: Refusals['refusal'];
let failure: Refusals['failure'];
beforeAll(async () => void ({ refusal, failure } = await openRefusals()));
afterAll(closeOllamaApps);

const generate = '/api/generate';
const chat = '/api/chat';

describe.each([generate, chat] as const)('%s', (url) => {
  const task = url === generate ? 'generate' : 'chat';
  const struct = url === generate ? 'GenerateRequest' : 'ChatRequest';

  it('does not know every model', async () => {
    expect(told(await failure(url, { model: 'nope' }, ['model_unknown']))).toEqual([
      404,
      error("model 'nope' not found"),
    ]);
  });

  it.each([
    [{ stream: 'yes' }, 'string', 'stream of type bool'],
    [{ options: [] }, 'array', 'options of type map[string]interface {}'],
    [{ top_logprobs: 1.5 }, 'number 1.5', 'top_logprobs of type int'],
    [{ truncate: 1 }, 'number', 'truncate of type bool'],
  ])('wants fields of their types: %j', async (body, kind, field) => {
    const text = `json: cannot unmarshal ${kind} into Go struct field ${struct}.${field}`;
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
    expect(told(await failure(url, { format: {} }, ['invalid_format', { detail: verbatim(detail) }]))).toEqual([
      400,
      error(detail),
    ]);
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
  it('says what is wrong with a template', async () => {
    const detail = 'template: :1: unclosed action';
    expect(
      told(await failure(generate, { template: '{{' }, ['invalid_request', { detail: verbatim(detail) }])),
    ).toEqual([500, error(detail)]);
    expect(told(await failure(generate, {}, ['invalid_request', { detail: verbatim('Not so.') }]))).toEqual([
      400,
      error('Not so.'),
    ]);
  });

  it('says when an engine, which does not say what it cannot do, does not fill gaps', async () => {
    expect(told(await failure(generate, { suffix: 'b' }, ['model_incapable']))).toEqual([
      400,
      error('registry.ollama.ai/library/test:latest does not support insert'),
    ]);
  });

  it.each([{ template: 'x' }, { system: 'x' }, { context: [1] }])('is raw or not: %j', async (body) => {
    const reply = await refusal(generate, { ...sound[generate], raw: true, ...body });
    expect(told(reply)).toEqual([400, error('raw mode does not support template, system, or context')]);
  });

  it('is raw without pictures', async () => {
    const reply = await refusal(generate, { ...sound[generate], raw: true, images: ['aGk='] });
    expect(told(reply)).toEqual([400, error('raw mode does not support images')]);
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
    [{ messages: [{ role: 'user', content: [{ type: 'text' }] }] }, 'array', 'messages.content of type string'],
    [{ messages: 'a' }, 'string', 'messages of type []api.Message'],
    [{ messages: [1] }, 'number', 'messages of type api.Message'],
    [
      { messages: [{ tool_calls: [{ function: { arguments: '{}' } }] }] },
      'string',
      'messages.tool_calls.function.arguments of type api.ToolCallFunctionArguments',
    ],
    [{ tools: [{ function: { name: 1 } }] }, 'number', 'tools.function.name of type string'],
  ])('wants fields of their types: %j', async (body, kind, field) => {
    const text = `json: cannot unmarshal ${kind} into Go struct field ChatRequest.${field}`;
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
