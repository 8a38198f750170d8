import { describe, expect, it } from 'vitest';
import type { Citation } from '../../../src/models/answer.ts';
import type { CompletionRequest } from '../../../src/core/completions/completions.ts';
import { dataOf, useDialectApps } from '../../support/dialect-app.ts';
import { finish, says, start, type CompletionLine } from '../../support/scripted-completions.ts';

const url = '/v1/messages';
const hello = { model: 'nano', max_tokens: 100, messages: [{ role: 'user', content: 'Olá' }] };
const call = { id: 'call_1', name: 'weather', arguments: { city: 'Manaus' } };
const weather = { name: 'weather', input_schema: { type: 'object' } };
const citation: Citation = {
  marker: 1,
  document: { id: 'doc_1', title: 'Entregas', revision: 1 },
  page: null,
  start: 4,
  end: 11,
  quote: '12 dias',
  score: 1,
};
const cited = {
  type: 'char_location',
  cited_text: '12 dias',
  document_index: 0,
  document_title: 'Entregas',
  start_char_index: 4,
  end_char_index: 11,
  file_id: 'doc_1',
};
const usage = { input_tokens: 5, cache_creation_input_tokens: 0, cache_read_input_tokens: 2, output_tokens: 5 };
const open = useDialectApps({ complete: () => says('Olá', ', mundo') });
async function requestOf(body: object): Promise<CompletionRequest> {
  const { post, completions } = await open();
  const reply = await post(url, { ...hello, ...body });
  expect(reply.statusCode, reply.body).toBe(200);
  return completions.requests[0]!;
}
const everything: CompletionLine = [
  start,
  { type: 'thinking-delta', delta: 'Hm' },
  { type: 'text-delta', delta: 'São 12' },
  { type: 'text-delta', delta: ' dias' },
  { type: 'citations', citations: [citation] },
  { type: 'tool-call', call },
  finish({ reason: 'tool-calls' }),
];

describe('POST /v1/messages', () => {
  it('replies with the whole message', async () => {
    const { post } = await open();
    const reply = await post(url, hello);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers['request-id']).toBe(reply.headers['x-request-id']);
    expect(reply.headers['x-billumy-model']).toBe('nano');
    expect(reply.json()).toEqual({
      id: expect.stringMatching(/^msg_[0-9a-f]{32}$/) as string,
      type: 'message',
      role: 'assistant',
      model: 'nano',
      content: [{ type: 'text', text: 'Olá, mundo', citations: null }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage,
    });
  });

  it('names the stop sequence that ended it', async () => {
    const { post } = await open({
      complete: [[start, { type: 'text-delta', delta: 'Olá' }, finish({ stoppedBy: 'FIM' })]],
    });
    expect((await post(url, hello)).json()).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'FIM' });
  });

  it('gives thoughts, cited texts and uses of tools as blocks', async () => {
    const { post } = await open({ complete: [everything] });
    expect((await post(url, hello)).json()).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm', signature: '' },
        { type: 'text', text: 'São 12 dias', citations: [cited] },
        { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Manaus' } },
      ],
      stop_reason: 'tool_use',
    });
  });

  it('stops for too many tokens', async () => {
    const { post } = await open({ complete: [[start, finish({ reason: 'length' })]] });
    expect((await post(url, hello)).json()).toMatchObject({ content: [], stop_reason: 'max_tokens' });
  });

  it('uses one tool when more side by side are not wanted', async () => {
    const line: CompletionLine = [
      start,
      { type: 'tool-call', call },
      { type: 'tool-call', call: { ...call, id: 'call_2' } },
      finish({ reason: 'tool-calls' }),
    ];
    const { post } = await open({ complete: [line] });
    const choice = { type: 'auto', disable_parallel_tool_use: true };
    const reply = await post(url, { ...hello, tools: [weather], tool_choice: choice });
    expect(reply.json<{ content: { id: string }[] }>().content.map(({ id }) => id)).toEqual(['call_1']);
  });

  it('streams the bytes that Anthropic streams', async () => {
    const { post } = await open();
    const reply = await post(url, { ...hello, stream: true });
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const id = /"id":"(msg_[0-9a-f]{32})"/.exec(reply.body)?.[1];
    const none = '{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}';
    const event = (type: string, rest = ''): string => `event: ${type}\ndata: {"type":"${type}"${rest}}\n\n`;
    expect(reply.body).toBe(
      [
        event(
          'message_start',
          `,"message":{"id":"${id}","type":"message","role":"assistant","model":"nano","content":[],"stop_reason":null,"stop_sequence":null,"usage":${none}}`,
        ),
        event('content_block_start', ',"index":0,"content_block":{"type":"text","text":"","citations":null}'),
        event('content_block_delta', ',"index":0,"delta":{"type":"text_delta","text":"Olá"}'),
        event('content_block_delta', ',"index":0,"delta":{"type":"text_delta","text":", mundo"}'),
        event('content_block_stop', ',"index":0'),
        event(
          'message_delta',
          `,"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":${JSON.stringify(usage)}`,
        ),
        event('message_stop'),
      ].join(''),
    );
  });

  it('streams every kind of block', async () => {
    const { post } = await open({ complete: [everything] });
    const events = dataOf((await post(url, { ...hello, stream: true })).body);
    expect(events.slice(1, -2)).toEqual([
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '', citations: null } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'São 12' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: ' dias' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'citations_delta', citation: cited } },
      { type: 'content_block_stop', index: 1 },
      {
        type: 'content_block_start',
        index: 2,
        content_block: { type: 'tool_use', id: 'call_1', name: 'weather', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 2,
        delta: { type: 'input_json_delta', partial_json: '{"city":"Manaus"}' },
      },
      { type: 'content_block_stop', index: 2 },
    ]);
  });
});

describe('a request for a message', () => {
  it('asks for what Anthropic promises by default', async () => {
    const request = await requestOf({ system: null, tools: null, metadata: { user_id: 'x' }, service_tier: 'auto' });
    expect(request).toEqual({
      model: 'nano',
      prompt: { type: 'chat', messages: [{ role: 'user', text: 'Olá' }], tools: [] },
      sampling: { maxTokens: 100 },
      usual: expect.objectContaining({ temperature: 1, topP: 1 }) as object,
    });
  });

  it('hands over how tokens are drawn', async () => {
    const body = { temperature: 0.5, top_p: 0.9, top_k: 3, stop_sequences: ['fim', ''] };
    expect((await requestOf(body)).sampling).toEqual({
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 3,
      stop: ['fim'],
    });
  });

  it('understands every block', async () => {
    const { prompt } = await requestOf({
      system: [
        { type: 'text', text: 'Seja', cache_control: { type: 'ephemeral' } },
        { type: 'text', text: 'breve.' },
      ],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
            { type: 'text', text: 'Veja' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: 'x' },
            { type: 'redacted_thinking', data: 'x' },
            { type: 'text', text: 'Vejo' },
            { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Manaus' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: '30 graus' }] },
            { type: 'text', text: 'E então?' },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_2', name: 'weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_2' }] },
      ],
    });
    expect(prompt).toMatchObject({
      messages: [
        { role: 'system', text: 'Seja\nbreve.' },
        { role: 'user', text: 'Veja', images: ['aGk='] },
        { role: 'assistant', text: 'Vejo', thinking: 'Hm', toolCalls: [call] },
        { role: 'tool', text: '30 graus', toolCallId: 'call_1', toolName: 'weather' },
        { role: 'user', text: 'E então?' },
        { role: 'assistant', text: '', toolCalls: [{ id: 'call_2', name: 'weather', arguments: {} }] },
        { role: 'tool', text: '', toolCallId: 'call_2', toolName: 'weather' },
      ],
    });
  });

  it.each([
    [{ type: 'auto' }, 'auto'],
    [{ type: 'any' }, 'required'],
    [{ type: 'none' }, 'none'],
    [{ type: 'tool', name: 'weather' }, { name: 'weather' }],
  ])('hands over the choice of tools %j', async (choice, toolChoice) => {
    expect((await requestOf({ tools: [weather], tool_choice: choice })).prompt).toMatchObject({
      toolChoice,
      tools: [{ name: 'weather', description: '', parameters: { type: 'object' } }],
    });
  });

  it.each([
    [{ thinking: { type: 'enabled', budget_tokens: 1024 } }, true],
    [{ thinking: { type: 'disabled' } }, false],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'low' } }, 'low'],
  ])('thinks by %j', async (body, think) => {
    expect((await requestOf(body)).prompt).toMatchObject({ think });
  });
});

describe('POST /v1/messages/count_tokens', () => {
  it('counts the prompt that the model would read', async () => {
    const counted: unknown[] = [];
    const { post } = await open({
      countPrompt: async (request) => {
        counted.push(request);
        return 42;
      },
    });
    const reply = await post(`${url}/count_tokens`, { ...hello, system: 'Seja breve.', tools: [weather] });
    expect(reply.json()).toEqual({ input_tokens: 42 });
    expect(counted).toEqual([
      {
        model: 'nano',
        prompt: {
          type: 'chat',
          messages: [
            { role: 'system', text: 'Seja breve.' },
            { role: 'user', text: 'Olá' },
          ],
          tools: [{ name: 'weather', description: '', parameters: { type: 'object' } }],
        },
      },
    ]);
  });
});
