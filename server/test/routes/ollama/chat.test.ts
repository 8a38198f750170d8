import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../../src/core/completions/completions.ts';
import { closeOllamaApps, linesOf, openOllamaApp, time } from '../../support/ollama-app.ts';
import { finish, says, start } from '../../support/scripted-completions.ts';

afterEach(closeOllamaApps);

const url = '/api/chat';
const asked = { model: 'm', messages: [{ role: 'user', content: 'Oi' }] };
const head = { model: 'm', created_at: time };

async function requestFor(body: object): Promise<CompletionRequest> {
  const { post, completions } = await openOllamaApp({ complete: [says('ok')] });
  const reply = await post(url, { ...asked, stream: false, ...body });
  expect(reply.body).toContain('"done":true');
  return completions.requests[0]!;
}

describe('POST /api/chat', () => {
  it('streams messages unless told not to', async () => {
    const { post } = await openOllamaApp({ complete: [says('Olá', '!')] });
    const reply = await post(url, asked);
    expect(reply.headers['content-type']).toBe('application/x-ndjson');
    expect(linesOf(reply)).toEqual([
      { ...head, message: { role: 'assistant', content: 'Olá' }, done: false },
      { ...head, message: { role: 'assistant', content: '!' }, done: false },
      {
        ...head,
        message: { role: 'assistant', content: '' },
        done: true,
        done_reason: 'stop',
        total_duration: 10_000_000,
        load_duration: 2_000_000,
        prompt_eval_count: 7,
        prompt_eval_cached_count: 2,
        prompt_eval_duration: 3_000_000,
        eval_count: 5,
        eval_duration: 4_000_000,
      },
    ]);
  });

  it('gives one message when asked to', async () => {
    const { post } = await openOllamaApp({ complete: [says('Olá', '!')] });
    const reply = await post(url, { ...asked, stream: false });
    expect(reply.json()).toMatchObject({ message: { role: 'assistant', content: 'Olá!' }, done: true });
    expect(reply.json()).not.toHaveProperty('context');
  });

  it('calls tools, with the arguments as an object, and thinks apart', async () => {
    const call = (id: string, city: string) => ({ id, name: 'weather', arguments: { city } });
    const line = [
      start,
      { type: 'thinking-delta', delta: 'Hm' },
      { type: 'tool-call', call: call('call_a', 'Manaus') },
      { type: 'tool-call', call: call('call_b', 'Belém') },
      finish({ reason: 'tool-calls' }),
    ] as const;
    const first = { id: 'call_a', function: { index: 0, name: 'weather', arguments: { city: 'Manaus' } } };
    const second = { id: 'call_b', function: { index: 1, name: 'weather', arguments: { city: 'Belém' } } };
    const { post } = await openOllamaApp({ complete: [line, line] });
    const lines = linesOf(await post(url, asked));
    expect(lines.map(({ message }) => message)).toEqual([
      { role: 'assistant', content: '', thinking: 'Hm' },
      { role: 'assistant', content: '', tool_calls: [first] },
      { role: 'assistant', content: '', tool_calls: [second] },
      { role: 'assistant', content: '' },
    ]);
    expect(lines.at(-1)).toMatchObject({ done: true, done_reason: 'stop' });
    expect((await post(url, { ...asked, stream: false })).json()).toMatchObject({
      message: { role: 'assistant', content: '', thinking: 'Hm', tool_calls: [first, second] },
    });
  });
});

describe('what POST /api/chat asks for', () => {
  it('is every message, of every kind', async () => {
    const messages = [
      { role: 'SYSTEM', content: 'Fale pouco.' },
      { role: 'user', content: 'Tempo?', images: ['aG\r\nk='] },
      {
        role: 'assistant',
        content: null,
        thinking: 'Hm',
        tool_calls: [
          { id: 'call_a', function: { index: 0, name: 'weather', arguments: { city: 'Manaus' } } },
          { function: { name: 'now' } },
        ],
      },
      { role: 'tool', content: '31 °C', tool_name: 'weather', tool_call_id: 'call_a' },
    ];
    expect((await requestFor({ messages })).prompt).toMatchObject({
      type: 'chat',
      think: null,
      messages: [
        { role: 'system', text: 'Fale pouco.' },
        { role: 'user', text: 'Tempo?', images: ['aGk='] },
        {
          role: 'assistant',
          text: '',
          thinking: 'Hm',
          toolCalls: [
            { id: 'call_a', name: 'weather', arguments: { city: 'Manaus' } },
            { id: 'call_1', name: 'now', arguments: {} },
          ],
        },
        { role: 'tool', text: '31 °C', toolName: 'weather', toolCallId: 'call_a' },
      ],
    });
  });

  it('is tools', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const tools = [{ type: 'function', function: { name: 'weather', description: 'Of a city', parameters } }];
    expect((await requestFor({ tools, think: false })).prompt).toMatchObject({
      tools: [{ name: 'weather', description: 'Of a city', parameters }],
      think: false,
    });
  });

  it('forgets the oldest messages when it is too long, unless that is forbidden', async () => {
    expect((await requestFor({})).overflow).toEqual({ type: 'drop-messages' });
    expect((await requestFor({ truncate: false })).overflow).toEqual({ type: 'reject' });
  });

  it('may be 10,000 messages', async () => {
    const messages = Array.from({ length: 10_000 }, (_, index) => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      content: `Mensagem ${index}`,
    }));
    const { prompt } = await requestFor({ messages });
    expect(prompt).toMatchObject({ type: 'chat' });
    expect(prompt.type === 'chat' ? prompt.messages.at(-1) : undefined).toEqual({
      role: 'assistant',
      text: 'Mensagem 9999',
    });
  });
});

describe('POST /api/chat without messages', () => {
  it.each([
    [{}, null, 'load'],
    [{ messages: null }, null, 'load'],
    [{ messages: [], keep_alive: 0 }, 0, 'unload'],
    [{ messages: [], keep_alive: 1e20 }, Infinity, 'load'],
  ])('loads the model, or lets it go: %j', async (body, keepAliveMs, reason) => {
    const loads: unknown[] = [];
    const { post } = await openOllamaApp({ load: async (request) => void loads.push(request) });
    expect((await post(url, { model: 'm', ...body })).body).toBe(
      `{"model":"m","created_at":"${time}","message":{"role":"assistant","content":""},"done":true,"done_reason":"${reason}"}`,
    );
    expect(loads).toEqual([{ model: 'm', keepAliveMs }]);
  });
});
