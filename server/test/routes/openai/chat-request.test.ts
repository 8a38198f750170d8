import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../../src/core/completions/completions.ts';
import { useDialectApps } from '../../support/dialect-app.ts';
import { says } from '../../support/scripted-completions.ts';

const url = '/v1/chat/completions';
const hello = { model: 'nano', messages: [{ role: 'user', content: 'Olá' }] };
const call = { id: 'call_1', name: 'weather', arguments: { city: 'Manaus' } };
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };
const open = useDialectApps({ complete: () => says('Olá') });

async function requestOf(body: object): Promise<CompletionRequest> {
  const { post, completions } = await open();
  const reply = await post(url, { ...hello, ...body });
  expect(reply.statusCode, reply.body).toBe(200);
  return completions.requests[0]!;
}

describe('a chat request', () => {
  it('asks for what OpenAI promises by default', async () => {
    expect((await requestOf({})).usual).toMatchObject({ temperature: 1, topP: 1, repeatPenalty: 1, seed: null });
    expect((await requestOf({})).sampling).toEqual({});
    expect(await requestOf({ temperature: null, stop: null, tools: null, logit_bias: null })).toMatchObject({
      sampling: {},
      prompt: { tools: [] },
    });
  });

  it('hands over how tokens are drawn, and how the model runs', async () => {
    const request = await requestOf({
      temperature: 0.5,
      top_p: 0.9,
      presence_penalty: 1,
      frequency_penalty: -1,
      seed: 2 ** 33 + 1,
      stop: 'fim',
      logit_bias: { 15: -100 },
      max_tokens: 3,
      max_completion_tokens: 4,
      top_k: 3,
      options: { num_ctx: 1024, min_p: 0.1 },
      keep_alive: '1h30m',
      user: 'ignored',
      metadata: { a: 'b' },
    });
    expect(request.sampling).toEqual({
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      minP: 0.1,
      presencePenalty: 1,
      frequencyPenalty: -1,
      logitBias: { 15: -100 },
      seed: 1,
      maxTokens: 4,
      stop: ['fim'],
    });
    expect(request).toMatchObject({ contextTokens: 1024, keepAliveMs: 5_400_000 });
    expect((await requestOf({ stop: ['a', '', 'b'], keep_alive: -1 })).sampling.stop).toEqual(['a', 'b']);
    expect((await requestOf({ keep_alive: -1 })).keepAliveMs).toBe(Infinity);
    expect((await requestOf({ keep_alive: 0 })).keepAliveMs).toBe(0);
  });

  it('understands every role and part of a message', async () => {
    const { prompt } = await requestOf({
      messages: [
        {
          role: 'developer',
          content: [
            { type: 'text', text: 'Seja' },
            { type: 'text', text: 'breve.' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Veja' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning: 'Hm',
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Manaus"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '30 graus' },
      ],
    });
    expect(prompt).toMatchObject({
      messages: [
        { role: 'system', text: 'Seja\nbreve.' },
        { role: 'user', text: 'Veja', images: ['aGk='] },
        { role: 'assistant', text: '', thinking: 'Hm', toolCalls: [call] },
        { role: 'tool', text: '30 graus', toolCallId: 'call_1', toolName: 'weather' },
      ],
    });
  });

  it.each([
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    [{ type: 'function', function: { name: 'weather' } }, { name: 'weather' }],
  ])('hands over the choice of tools %j', async (choice, toolChoice) => {
    const { prompt } = await requestOf({ tools: [weather], tool_choice: choice });
    expect(prompt).toMatchObject({
      toolChoice,
      tools: [{ name: 'weather', description: '', parameters: { type: 'object' } }],
    });
  });

  it.each([
    [{ response_format: { type: 'text' } }, undefined],
    [{ response_format: { type: 'json_object' } }, { type: 'json' }],
    [
      { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { type: 'string' } } } },
      { type: 'json-schema', schema: { type: 'string' } },
    ],
    [{ format: { grammar: 'root ::= "a"' } }, { type: 'grammar', grammar: 'root ::= "a"' }],
  ])('hands over the form %j', async (body, format) => {
    expect((await requestOf(body)).format).toEqual(format);
  });

  it.each([
    ['none', false],
    ['minimal', 'low'],
    ['high', 'high'],
    ['xhigh', 'max'],
  ])('thinks with the effort %s as %s', async (effort, think) => {
    expect((await requestOf({ reasoning_effort: effort })).prompt).toMatchObject({ think });
    expect((await requestOf({ reasoning: { effort } })).prompt).toMatchObject({ think });
  });
});
