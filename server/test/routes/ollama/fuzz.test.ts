import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { hostileBody } from '../../support/fuzz/hostile.ts';
import { slightlyWrong } from '../../support/fuzz/mutate.ts';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';
import { says } from '../../support/scripted-completions.ts';

afterAll(closeOllamaApps);

const tool = { name: 'f', description: 'd', parameters: { type: 'object', properties: {} } };
const settings = {
  model: 'm',
  stream: false,
  format: { type: 'object' },
  keep_alive: '5m',
  think: 'low',
  truncate: true,
  shift: true,
  logprobs: true,
  top_logprobs: 2,
  options: { temperature: 0.5, num_predict: 3, stop: ['a'], num_ctx: 10, seed: 1, num_keep: 1, use_mmap: true },
};
const whole = {
  '/api/generate': {
    ...settings,
    prompt: 'a',
    suffix: 'b',
    system: 'c',
    template: 'd',
    context: [1],
    raw: false,
    images: ['aGk='],
  },
  '/api/chat': {
    ...settings,
    messages: [
      { role: 'user', content: 'a', images: ['aGk='] },
      {
        role: 'assistant',
        content: '',
        thinking: 't',
        tool_calls: [{ id: 'i', function: { name: 'f', arguments: {} } }],
      },
      { role: 'tool', content: 'b', tool_name: 'f', tool_call_id: 'i' },
    ],
    tools: [{ type: 'function', function: tool }],
  },
  '/api/embed': { model: 'm', input: ['a'], truncate: true, dimensions: 2, keep_alive: 5, options: { seed: 1 } },
  '/api/embeddings': { model: 'm', prompt: 'a', keep_alive: 5, options: { seed: 1 } },
};

describe.each(Object.entries(whole))('%s', (url, body) => {
  it('answers or refuses, whatever is asked, and never fails by itself', async () => {
    const { post, app } = await openOllamaApp({
      complete: () => says('ok'),
      load: async () => undefined,
      embed: async ({ texts }) => ({ vectors: texts.map(() => Float32Array.of(1, 0)), promptTokens: 1 }),
    });
    const statuses = new Set<number>();
    const check = async (reply: Awaited<ReturnType<typeof post>>): Promise<void> => {
      statuses.add(reply.statusCode);
      const [first = ''] = reply.body.split('\n');
      const value = JSON.parse(first) as { error?: unknown };
      expect(value.error === undefined, reply.body).toBe(reply.statusCode === 200);
      expect(reply.body).not.toContain('Something went wrong inside');
    };
    await fc.assert(
      fc.asyncProperty(slightlyWrong(fc.constant(body)), async (wrong) => check(await post(url, wrong))),
      { numRuns: 400, seed: 20_260_101 },
    );
    await fc.assert(
      fc.asyncProperty(hostileBody, async ({ bytes, contentType }) => {
        const headers = {
          authorization: 'Bearer ana',
          ...(contentType === undefined ? {} : { 'content-type': contentType }),
        };
        await check(
          await app.inject({ method: 'POST', url, headers, ...(bytes === undefined ? {} : { payload: bytes }) }),
        );
      }),
      { numRuns: 100, seed: 20_260_101 },
    );
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
  });
});
