import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Citation } from '../../../src/models/answer.ts';
import { version } from '../../../src/process/version.ts';
import { dataOf, noonSeconds, useDialectApps } from '../../support/dialect-app.ts';
import { finish, says, start, type CompletionLine } from '../../support/scripted-completions.ts';

const url = '/v1/chat/completions';
const hello = { model: 'nano', messages: [{ role: 'user', content: 'Olá' }] };
const fingerprint = `fp_billumy_${version}`;
const usage = {
  prompt_tokens: 7,
  completion_tokens: 5,
  total_tokens: 12,
  prompt_tokens_details: { cached_tokens: 2 },
};
const citation: Citation = {
  marker: 1,
  document: { id: 'doc_1', title: 'Entregas', revision: 1 },
  page: null,
  start: 0,
  end: 7,
  quote: '12 dias',
  score: 1,
};
const call = { id: 'call_1', name: 'weather', arguments: { city: 'Manaus' } };
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

const open = useDialectApps({ complete: () => says('Olá', ', mundo') });

describe('POST /v1/chat/completions', () => {
  it('replies with the whole chat completion', async () => {
    const { post } = await open();
    const reply = await post(url, hello);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers['x-billumy-model']).toBe('nano');
    expect(reply.headers['x-billumy-route']).toBeUndefined();
    expect(reply.json()).toEqual({
      id: expect.stringMatching(/^chatcmpl-[0-9a-f]{32}$/) as string,
      object: 'chat.completion',
      created: noonSeconds,
      model: 'nano',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Olá, mundo', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage,
      system_fingerprint: fingerprint,
    });
  });

  it('streams the bytes that OpenAI streams', async () => {
    const { post } = await open();
    const reply = await post(url, { ...hello, stream: true, stream_options: { include_usage: true } });
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    const id = /"id":"(chatcmpl-[0-9a-f]{32})"/.exec(reply.body)?.[1];
    const line = (rest: string): string =>
      `data: {"id":"${id}","object":"chat.completion.chunk","created":${noonSeconds},"model":"nano",` +
      `"system_fingerprint":"${fingerprint}",${rest}}\n\n`;
    expect(reply.body).toBe(
      [
        line(
          '"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null',
        ),
        line('"choices":[{"index":0,"delta":{"content":"Olá"},"logprobs":null,"finish_reason":null}],"usage":null'),
        line('"choices":[{"index":0,"delta":{"content":", mundo"},"logprobs":null,"finish_reason":null}],"usage":null'),
        line('"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null'),
        line(
          '"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":2}}',
        ),
        'data: [DONE]\n\n',
      ].join(''),
    );
  });

  it('tells no usage in a stream that was not asked for it', async () => {
    const { post } = await open();
    const reply = await post(url, { ...hello, stream: true });
    expect(reply.body).not.toContain('usage');
    expect(reply.body.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('tells which model a route chose, and why', async () => {
    const model = {
      name: 'llama3.2:1b',
      persona: 'billumy:latest',
      route: { difficulty: 'medium', reasons: ['a', 'b'] },
    };
    const { post } = await open({ complete: [[{ type: 'start', model } as CompletionLine[number], finish()]] });
    const { headers } = await post(url, hello);
    expect(headers).toMatchObject({ 'x-billumy-model': 'llama3.2:1b', 'x-billumy-route': 'medium; a; b' });
  });

  it('gives thoughts, calls of tools and citations beside the text', async () => {
    const line: CompletionLine = [
      start,
      { type: 'thinking-delta', delta: 'Hm' },
      { type: 'tool-call', call },
      { type: 'citations', citations: [citation] },
      finish({ reason: 'tool-calls' }),
    ];
    const { post } = await open({ complete: [line, line] });
    const whole = (await post(url, { ...hello, tools: [weather] })).json<{ choices: object[] }>();
    const toolCall = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Manaus"}' } };
    expect(whole.choices).toEqual([
      {
        index: 0,
        message: {
          role: 'assistant',
          content: null,
          refusal: null,
          reasoning: 'Hm',
          tool_calls: [toolCall],
          citations: [citation],
        },
        logprobs: null,
        finish_reason: 'tool_calls',
      },
    ]);
    const chunks = dataOf((await post(url, { ...hello, tools: [weather], stream: true })).body);
    expect(chunks.slice(1).map(({ choices }) => (choices as { delta: object }[])[0]?.delta)).toEqual([
      { reasoning: 'Hm' },
      { tool_calls: [{ index: 0, ...toolCall }] },
      { citations: [citation] },
    ]);
  });

  it('gives one call when calls side by side are not wanted', async () => {
    const other = { ...call, id: 'call_2' };
    const line: CompletionLine = [
      start,
      { type: 'tool-call', call },
      { type: 'tool-call', call: other },
      finish({ reason: 'tool-calls' }),
    ];
    const { post } = await open({ complete: [line, line] });
    const idsOf = async (body: object): Promise<string[]> =>
      (await post(url, { ...hello, tools: [weather], ...body }))
        .json<{ choices: { message: { tool_calls: { id: string }[] } }[] }>()
        .choices.flatMap(({ message }) => message.tool_calls.map(({ id }) => id));
    expect(await idsOf({})).toEqual(['call_1', 'call_2']);
    expect(await idsOf({ parallel_tool_calls: false })).toEqual(['call_1']);
  });

  it('tells the probabilities of tokens', async () => {
    const token = { token: 'Olá', logprob: -0.5, bytes: [79, 108, 195, 161] };
    const line: CompletionLine = [
      start,
      { type: 'text-delta', delta: 'Olá', logprobs: [{ ...token, top: [token] }] },
      finish(),
    ];
    const { post, completions } = await open({ complete: [line, line] });
    const logprobs = { content: [{ ...token, top_logprobs: [token] }], refusal: null };
    const asked = { ...hello, logprobs: true, top_logprobs: 1 };
    expect((await post(url, asked)).json()).toMatchObject({ choices: [{ logprobs }] });
    expect(dataOf((await post(url, { ...asked, stream: true })).body)[1]).toMatchObject({ choices: [{ logprobs }] });
    expect(completions.requests[0]?.topLogprobs).toBe(1);
  });

  it('writes several choices, whose prompt counts once and whose seeds differ', async () => {
    const lines = [says('a'), says('b'), says('c')];
    const { post, completions } = await open({ complete: [...lines, ...lines] });
    const whole = (await post(url, { ...hello, n: 3, seed: 9 })).json<{
      choices: { message: { content: string } }[];
    }>();
    expect(whole).toMatchObject({ choices: [{ index: 0 }, { index: 1 }, { index: 2 }] });
    expect(whole.choices.map(({ message }) => message.content)).toEqual(['a', 'b', 'c']);
    expect(whole).toMatchObject({ usage: { prompt_tokens: 7, completion_tokens: 15, total_tokens: 22 } });
    expect(completions.requests.map(({ sampling }) => sampling.seed)).toEqual([9, 10, 11]);
    const chunks = dataOf((await post(url, { ...hello, n: 3, stream: true })).body);
    const order = chunks.map(({ choices }) => (choices as { index: number }[])[0]?.index);
    expect(order).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it('ends the other choices when one fails', async () => {
    const { post, completions } = await open({
      complete: [[start, 'until-left'], [new AppError('overloaded', { retryAfterSeconds: 3 })]],
    });
    const reply = await post(url, { ...hello, n: 2 });
    expect(reply.statusCode).toBe(503);
    expect(reply.headers['retry-after']).toBe('3');
    expect(completions.running).toBe(0);
  });

  it('ends a stream that fails half-way with the error', async () => {
    const failing: CompletionLine = [start, { type: 'text-delta', delta: 'Olá' }, new AppError('engine_failed')];
    const { post } = await open({ complete: [failing] });
    const reply = await post(url, { ...hello, stream: true });
    expect(reply.statusCode).toBe(200);
    expect(reply.body.split('\n\n').at(-2)).toBe(
      'data: {"error":{"message":"The language model stopped while it answered.","type":"server_error","param":null,"code":"engine_failed"}}',
    );
    expect(reply.body).not.toContain('[DONE]');
  });
});
