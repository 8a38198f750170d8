import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { noonSeconds, useDialectApps } from '../../support/dialect-app.ts';
import { createMemoryResponses } from '../../support/memory-responses.ts';
import { finish, says, start, type CompletionLine } from '../../support/scripted-completions.ts';

const url = '/v1/responses';
const ask = { model: 'nano', input: 'Olá' };
const call = { id: 'call_1', name: 'weather', arguments: { city: 'Manaus' } };
const weather = { type: 'function', name: 'weather', parameters: { type: 'object' } };
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9a-f]{32}$`)) as string;
const useApp = useDialectApps({ complete: () => says('Olá', ', mundo') });
const open = async (options: Parameters<typeof useApp>[0] = {}) => {
  const responses = createMemoryResponses();
  return { responses, ...(await useApp({ responses, ...options })) };
};
const message = (text: string) => ({
  id: id('msg'),
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
});
const whole = {
  id: id('resp'),
  object: 'response',
  created_at: noonSeconds,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  model: 'nano',
  output: [message('Olá, mundo')],
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  store: true,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  truncation: 'disabled',
  usage: {
    input_tokens: 7,
    input_tokens_details: { cached_tokens: 2 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 12,
  },
  metadata: {},
};

describe('POST /v1/responses', () => {
  it('replies with the response, and keeps it', async () => {
    const { post, call: send, responses } = await open();
    const reply = await post(url, ask);
    expect(reply.headers['x-billumy-model']).toBe('nano');
    const body = reply.json<{ id: string }>();
    expect(body).toEqual(whole);
    expect(responses.all).toMatchObject([
      {
        id: body.id,
        ownerId: 'usr_ana',
        messages: [
          { role: 'user', text: 'Olá' },
          { role: 'assistant', text: 'Olá, mundo' },
        ],
      },
    ]);
    expect((await send('GET', `${url}/${body.id}`)).json()).toEqual(body);
  });

  it('writes thoughts, texts and calls, in their order, and says what it was told', async () => {
    const line: CompletionLine = [
      start,
      { type: 'thinking-delta', delta: 'Hm' },
      { type: 'text-delta', delta: 'Vejo' },
      { type: 'tool-call', call },
      finish({ reason: 'tool-calls' }),
    ];
    const { post } = await open({ complete: [line] });
    const given = {
      instructions: 'Seja breve.',
      max_output_tokens: 9,
      temperature: 0.5,
      tools: [weather],
      tool_choice: 'required',
      metadata: { a: 'b' },
      truncation: 'auto',
      reasoning: { effort: 'low' },
    };
    expect((await post(url, { ...ask, ...given })).json()).toEqual({
      ...whole,
      ...given,
      reasoning: { effort: 'low', summary: null },
      output: [
        { id: id('rs'), type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
        message('Vejo'),
        {
          id: id('fc'),
          type: 'function_call',
          status: 'completed',
          call_id: 'call_1',
          name: 'weather',
          arguments: '{"city":"Manaus"}',
        },
      ],
    });
  });

  it('is incomplete when its tokens are used up', async () => {
    const { post } = await open({ complete: [[start, finish({ reason: 'length' })]] });
    expect((await post(url, ask)).json()).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [message('')],
    });
  });

  it('hands over what was asked for', async () => {
    const { post, completions } = await open();
    await post(url, {
      ...ask,
      instructions: 'Seja breve.',
      tools: [weather],
      tool_choice: { type: 'function', name: 'weather' },
      text: { format: { type: 'json_schema', name: 'a', schema: { type: 'string' } } },
      reasoning: { effort: 'high' },
      truncation: 'auto',
      max_output_tokens: 3,
      num_ctx: 512,
    });
    expect(completions.requests[0]).toMatchObject({
      prompt: {
        messages: [
          { role: 'system', text: 'Seja breve.' },
          { role: 'user', text: 'Olá' },
        ],
        tools: [{ name: 'weather', description: '', parameters: { type: 'object' } }],
        toolChoice: { name: 'weather' },
        think: 'high',
      },
      format: { type: 'json-schema', schema: { type: 'string' } },
      overflow: { type: 'drop-messages' },
      sampling: { maxTokens: 3 },
      contextTokens: 512,
    });
  });

  it('understands every item, and puts thoughts and calls into the message they belong to', async () => {
    const { post, completions } = await open();
    const reply = await post(url, {
      ...ask,
      input: [
        { role: 'developer', content: 'Seja breve.' },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Veja' },
            { type: 'input_image', image_url: 'data:image/png;base64,aGk=' },
          ],
        },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Vejo', annotations: [] }] },
        { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Manaus"}' },
        { type: 'function_call_output', call_id: 'call_1', output: '30 graus' },
        { role: 'assistant', content: '30' },
        { role: 'assistant', content: 'graus' },
      ],
    });
    expect(reply.statusCode, reply.body).toBe(200);
    expect(completions.requests[0]?.prompt).toMatchObject({
      messages: [
        { role: 'system', text: 'Seja breve.' },
        { role: 'user', text: 'Veja', images: ['aGk='] },
        { role: 'assistant', text: 'Vejo', thinking: 'Hm', toolCalls: [call] },
        { role: 'tool', text: '30 graus', toolCallId: 'call_1', toolName: 'weather' },
        { role: 'assistant', text: '30' },
        { role: 'assistant', text: 'graus' },
      ],
    });
  });
});

describe('a response that goes on from another', () => {
  it('knows what was said, but not the instructions, and belongs to the same conversation', async () => {
    const calling: CompletionLine = [start, { type: 'tool-call', call }, finish({ reason: 'tool-calls' })];
    const { post, completions } = await open({ complete: [calling, says('30 graus'), says('Sim')] });
    const first = await post(url, { ...ask, instructions: 'Seja breve.', tools: [weather] });
    const output = { type: 'function_call_output', call_id: 'call_1', output: '30' };
    const second = await post(url, { ...ask, input: [output], previous_response_id: first.json<{ id: string }>().id });
    const { id: secondId } = second.json<{ id: string }>();
    await post(url, { ...ask, input: 'Mesmo?', previous_response_id: secondId });
    const [one, two, three] = completions.requests;
    expect(three?.prompt).toEqual({
      type: 'chat',
      messages: [
        { role: 'user', text: 'Olá' },
        { role: 'assistant', text: '', toolCalls: [call] },
        { role: 'tool', text: '30', toolCallId: 'call_1', toolName: 'weather' },
        { role: 'assistant', text: '30 graus' },
        { role: 'user', text: 'Mesmo?' },
      ],
      tools: [],
    });
    expect([two?.conversation, three?.conversation]).toEqual([one?.conversation, one?.conversation]);
    expect(one?.conversation).toBe(first.json<{ id: string }>().id);
  });

  it('goes on from nothing that was not kept, was deleted, or is somebody else’s', async () => {
    const { post, call: send, responses } = await open();
    const unkept = (await post(url, { ...ask, store: false })).json<{ id: string }>();
    expect(responses.all).toEqual([]);
    const mine = (await post(url, ask)).json<{ id: string }>();
    const next = (from: string, as = 'ana') => post(url, { ...ask, previous_response_id: from }, { as });
    const missing = (from: string) => ({
      error: {
        message: `Previous response with id '${from}' not found.`,
        type: 'invalid_request_error',
        param: 'previous_response_id',
        code: null,
      },
    });
    for (const [from, as] of [
      [unkept.id, 'ana'],
      [mine.id, 'bia'],
      ['resp_none', 'ana'],
    ] as const) {
      const reply = await next(from, as);
      expect([reply.statusCode, reply.json()]).toEqual([400, missing(from)]);
    }
    const gone = {
      error: {
        message: `Response with id '${mine.id}' not found.`,
        type: 'invalid_request_error',
        param: null,
        code: 'not_found',
      },
    };
    for (const method of ['GET', 'DELETE'] as const) {
      const reply = await send(method, `${url}/${mine.id}`, { as: 'bia' });
      expect([reply.statusCode, reply.json()]).toEqual([404, gone]);
    }
    expect((await next(mine.id)).statusCode).toBe(200);
    const deleted = await send('DELETE', `${url}/${mine.id}`);
    expect(deleted.json()).toEqual({ id: mine.id, object: 'response', deleted: true });
    expect((await send('GET', `${url}/${mine.id}`)).json()).toEqual(gone);
    expect((await next(mine.id)).json()).toEqual(missing(mine.id));
  });

  it('is not told of a response that could not be kept', async () => {
    const save = () => Promise.reject(new AppError('storage_failed'));
    const { post } = await useApp({ responses: { ...createMemoryResponses(), save } });
    expect((await post(url, ask)).statusCode).toBe(500);
    const stream = (await post(url, { ...ask, stream: true })).body;
    expect(stream).toContain('event: response.failed');
    expect(stream).not.toContain('response.completed');
  });
});

describe('a wrong request for a response', () => {
  it.each([
    [{ background: true }, 'background'],
    [{ conversation: 'conv_1' }, 'conversation'],
    [{ prompt: { id: 'p' } }, 'prompt'],
    [{ input: 5 }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [{ type: 'item_reference', id: 'x' }] }, 'input[0].type'],
    [{ input: [{ role: 'robot', content: 'x' }] }, 'input[0].role'],
    [{ input: [{ role: 'user', content: [{ type: 'input_file' }] }] }, 'input[0].content'],
    [
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'http://a/b.png' }] }] },
      'input[0].content[0].image_url',
    ],
    [{ input: [{ type: 'function_call', call_id: 'a', name: 'f', arguments: '{' }] }, 'input[0].arguments'],
    [{ input: [{ type: 'function_call_output', call_id: 'a', output: 'x' }] }, 'input[0].call_id'],
    [{ tools: [{ type: 'web_search' }] }, 'tools[0].type'],
    [{ tool_choice: 'required' }, 'tool_choice'],
    [{ text: { format: { type: 'yaml' } } }, 'text.format.type'],
    [{ previous_response_id: 5 }, 'previous_response_id'],
  ])('%j is refused', async (body, param) => {
    const { post } = await open();
    const reply = await post(url, { ...ask, ...body });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
  });
});
