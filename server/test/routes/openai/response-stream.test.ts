import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { dataOf, useDialectApps } from '../../support/dialect-app.ts';
import { createMemoryResponses } from '../../support/memory-responses.ts';
import { finish, start, type CompletionLine } from '../../support/scripted-completions.ts';

const open = useDialectApps();
const call = { id: 'call_1', name: 'weather', arguments: { city: 'Manaus' } };

async function streamOf(line: CompletionLine): Promise<string> {
  const responses = createMemoryResponses();
  const { post } = await open({ complete: [line], responses });
  const reply = await post('/v1/responses', { model: 'nano', input: 'Olá', stream: true });
  expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  return reply.body;
}

describe('the stream of a response', () => {
  it('tells of everything that happens to it, in the order of OpenAI', async () => {
    const stream = await streamOf([
      start,
      { type: 'thinking-delta', delta: 'Hm' },
      { type: 'text-delta', delta: 'O' },
      { type: 'text-delta', delta: 'lá' },
      { type: 'tool-call', call },
      finish({ reason: 'tool-calls' }),
    ]);
    const events = dataOf(stream);
    const names = [...stream.matchAll(/^event: (.+)$/gm)].map(([, name]) => name);
    expect(names).toEqual(events.map(({ type }) => type));
    expect(events.map((event) => event['sequence_number'])).toEqual([...events.keys()]);
    expect(names.map((name) => name?.replace('response.', ''))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'reasoning_summary_part.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    expect(events[0]).toMatchObject({ response: { status: 'in_progress', output: [], usage: null } });
    expect(events.at(-1)).toMatchObject({
      response: {
        status: 'completed',
        output: [{ type: 'reasoning' }, { type: 'message' }, { type: 'function_call' }],
        usage: { total_tokens: 12 },
      },
    });
  });

  it('sends the bytes of a text as OpenAI does', async () => {
    const stream = await streamOf([start, { type: 'text-delta', delta: 'Olá' }, finish()]);
    const id = /msg_[0-9a-f]{32}/.exec(stream)?.[0];
    const place = `"item_id":"${id}","output_index":0,"content_index":0`;
    const part = '{"type":"output_text","text":"Olá","annotations":[],"logprobs":[]}';
    const middle = stream.slice(
      stream.indexOf('event: response.output_item.added'),
      stream.indexOf('event: response.completed'),
    );
    expect(middle).toBe(
      [
        'event: response.output_item.added\n',
        `data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"${id}","type":"message","role":"assistant","status":"in_progress","content":[]}}\n\n`,
        'event: response.content_part.added\n',
        `data: {"type":"response.content_part.added","sequence_number":3,${place},"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}\n\n`,
        'event: response.output_text.delta\n',
        `data: {"type":"response.output_text.delta","sequence_number":4,${place},"delta":"Olá","logprobs":[]}\n\n`,
        'event: response.output_text.done\n',
        `data: {"type":"response.output_text.done","sequence_number":5,${place},"text":"Olá","logprobs":[]}\n\n`,
        'event: response.content_part.done\n',
        `data: {"type":"response.content_part.done","sequence_number":6,${place},"part":${part}}\n\n`,
        'event: response.output_item.done\n',
        `data: {"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{"id":"${id}","type":"message","role":"assistant","status":"completed","content":[${part}]}}\n\n`,
      ].join(''),
    );
  });

  it('ends incomplete when its tokens are used up', async () => {
    const events = dataOf(await streamOf([start, { type: 'text-delta', delta: 'O' }, finish({ reason: 'length' })]));
    expect(events.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
    });
  });

  it('ends with its failure, and says it in the sequence', async () => {
    const events = dataOf(await streamOf([start, { type: 'text-delta', delta: 'O' }, new AppError('engine_failed')]));
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      sequence_number: events.length - 1,
      response: {
        status: 'failed',
        error: { code: 'engine_failed', message: 'The language model stopped while it answered.' },
      },
    });
  });

  it('is an ordinary error when nothing began', async () => {
    const { post } = await open({ complete: [[new AppError('model_unknown')]] });
    const reply = await post('/v1/responses', { model: 'nano', input: 'Olá', stream: true });
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toMatchObject({ error: { code: 'model_not_found' } });
  });
});
