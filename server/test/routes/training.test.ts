import { jobSchema, readEvents, type Job, type ServerEvent } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, openDocumentApp, type CallOptions, type DocumentApp } from '../support/document-app.ts';

let service: DocumentApp;
beforeAll(async () => {
  service = await openDocumentApp();
});
afterAll(() => service[Symbol.asyncDispose]());

const train = (options: CallOptions): ReturnType<DocumentApp['call']> =>
  service.call('POST', '/training/train', options);

describe('POST /training/train', () => {
  it('makes documents a job, which its address follows to the end', async () => {
    const documents = [{ text: 'Train one.' }, { text: 'Train two.', collection: 'own' }];
    const reply = await train({ json: { documents, collection: 'trained' } });
    expect(reply.statusCode).toBe(202);
    const queued = jobSchema.strict().parse(reply.json());
    expect(reply.headers['location']).toBe(`/training/jobs/${queued.id}`);
    const events = await eventsOf(queued.id);
    expect(events.at(-1)).toMatchObject({
      event: 'finish',
      data: { id: queued.id, status: 'succeeded', progress: { done: 2, total: 2 }, result: { ready: 2, failed: 0 } },
    });
    expect(events.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true);
    const collections = await service.call('GET', '/collections');
    const expected = [
      { name: 'own', documents: 1 },
      { name: 'trained', documents: 1 },
    ];
    expect(collections.json<{ items: object[] }>().items).toEqual(expect.arrayContaining(expected));
  });

  it('waits for the end when it is asked to', async () => {
    const headers = { prefer: 'wait=60' };
    const form = [file('A file.', 'a.txt', 'documents'), file('BROKEN', 'b.txt', 'documents')];
    const reply = await train({ form, headers });
    expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([200, 'wait=60']);
    expect(reply.json()).toMatchObject({
      status: 'succeeded',
      result: { ready: 1, failed: 1, failures: [{ code: 'document_broken', detail: 'The file is torn.' }] },
    });
    const again = await train({ form: form.slice(0, 1), headers });
    expect(again.json()).toMatchObject({ status: 'succeeded', result: { ready: 1, failed: 0 } });
  });

  it('names every example that is wrong', async () => {
    const examples = [
      { prompt: 'p', completion: 'c' },
      { prompt: 'p' },
      { question: 'q', answer: 'a', colour: 'red' },
      { messages: [{ role: 'user', content: 'q' }] },
      { text: 'x' },
      { prompt: '', completion: 'c' },
      {
        messages: [
          { role: 'robot', content: 'q' },
          { role: 'assistant', content: 'a' },
        ],
      },
      {
        messages: [
          { role: 'user', content: 'q' },
          { role: 'user', content: 'a' },
        ],
      },
    ];
    const reply = await train({ json: { documents: [{ text: 'Not to be kept.' }], examples } });
    expect(reply.json()).toMatchObject({
      status: 400,
      code: 'invalid_request',
      detail: expect.stringMatching(/^7 of 8/),
    });
    expect(pathsOf(reply)).toEqual([
      'examples[1].completion',
      'examples[2]',
      'examples[3].messages',
      'examples[4]',
      'examples[5].prompt',
      'examples[6].messages.0.role',
      'examples[7].messages',
    ]);
  });

  it('names every wrong line of a file of examples', async () => {
    const lines = [
      '{"prompt":"p","completion":"c"}',
      '',
      '{"prompt":',
      '[1]',
      '{"question":"q","answer":1}',
      '{"__proto__":1}',
    ];
    const form = [file('Not to be kept.', 'a.txt', 'documents'), file(lines.join('\r\n'), 'train.jsonl', 'documents')];
    const reply = await train({ form });
    expect(reply.statusCode).toBe(400);
    expect(pathsOf(reply)).toEqual(['line 3', 'line 4', 'line 5.answer', 'line 6']);
    const utf16 = await train({ form: [file(Buffer.from('\ufeff{}', 'utf16le'), 'e.jsonl', 'examples')] });
    expect(utf16.json()).toMatchObject({ status: 400, detail: 'The file of examples is not UTF-8.' });
    const empty = await train({ form: [file('\n\n', 'e.txt', 'examples')] });
    expect(empty.json()).toMatchObject({ status: 400, detail: 'The file of examples is empty.' });
  });

  it.each([
    ['nothing', {}, 400],
    ['an empty body', { json: {} }, 400],
    ['no documents', { json: { documents: [] } }, 400],
    ['options without examples', { json: { documents: [{ text: 'x' }], base_model: 'nano' } }, 400],
    ['an unknown field', { json: { documents: [{ text: 'x' }], colour: 'red' } }, 400],
    ['a form without files', { form: [{ name: 'collection', value: 'x' }] }, 400],
    ['files that are never read', { form: [file(Buffer.from('\x89PNG\0', 'latin1'), 'a.png')] }, 415],
    ['another kind of body', { json: 'x', headers: { 'content-type': 'text/csv' } }, 415],
  ] as const)('refuses %s', async (...[, options, status]) => {
    const before = await titles();
    expect((await train(options)).statusCode).toBe(status);
    expect(await titles()).toEqual(before);
  });
});

describe('jobs', () => {
  it('are listed page by page, newest first', async () => {
    const ids = [];
    for (const text of ['List one.', 'List two.', 'List three.']) {
      ids.unshift((await train({ as: 'root', json: { documents: [{ text }] } })).json<Job>().id);
    }
    const first = await service.call('GET', '/training/jobs?limit=2', { as: 'root' });
    const { items, next } = first.json<{ items: Job[]; next: string }>();
    expect(items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await service.call('GET', `/training/jobs?limit=1&after=${next}`, { as: 'root' });
    expect(second.json<{ items: Job[] }>().items.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it('are cancelled once, and what was not read says so', async () => {
    const documents = Array.from({ length: 60 }, (_, index) => ({ text: `Cancelled ${index}.`, collection: 'stop' }));
    const { id } = (await train({ json: { documents } })).json<Job>();
    const cancelled = await service.call('POST', `/training/jobs/${id}/cancel`);
    expect(cancelled.json()).toMatchObject({ status: 'cancelled' });
    const again = await service.call('POST', `/training/jobs/${id}/cancel`);
    expect(again.json()).toMatchObject({ status: 409, code: 'conflict' });
    expect((await eventsOf(id)).map(({ event }) => event)).toEqual(['finish']);
    const processing = await service.call('GET', '/documents?collection=stop&status=processing');
    expect(processing.json()).toEqual({ items: [], next: null });
    const failed = await service.call('GET', '/documents?collection=stop&status=failed&limit=1');
    expect(failed.json()).toMatchObject({ items: [{ error: { code: 'job_cancelled' } }] });
  });

  it('send their events as they come, until the client leaves', async () => {
    const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
    const headers = { authorization: 'Bearer ana', 'last-event-id': '7' };
    const job = await service.parts.jobs.enqueue({ kind: 'train', ownerId: 'usr_ana', payload: {}, total: 3 });
    const leaving = new AbortController();
    const reply = await fetch(`${url}/training/jobs/${job.id}/events`, { headers, signal: leaving.signal });
    expect(reply.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = readEvents(reply.body!);
    const nextData = async (): Promise<unknown> => JSON.parse(((await events.next()).value as ServerEvent).data);
    expect(await nextData()).toMatchObject({ status: 'queued' });
    const claimed = (await service.parts.jobs.claim(['train'], 60_000))!;
    expect(await nextData()).toMatchObject({ status: 'running' });
    await service.parts.jobs.report(claimed, { done: 2, total: 3, step: 'two', checkpoint: {} }, 60_000);
    expect(await nextData()).toMatchObject({ progress: { done: 2, total: 3, step: 'two' } });
    leaving.abort();
    await expect(events.next()).rejects.toThrow('aborted');
    await service.parts.jobs.cancel(job.id);
  });
});

async function eventsOf(id: string): Promise<{ event: string; data: unknown }[]> {
  const reply = await service.call('GET', `/training/jobs/${id}/events`);
  const events: { event: string; data: unknown }[] = [];
  for await (const { event, data } of readEvents(new Blob([reply.rawPayload]).stream()))
    events.push({ event, data: JSON.parse(data) });
  return events;
}

function pathsOf(reply: Awaited<ReturnType<DocumentApp['call']>>): string[] {
  return reply.json<{ issues: { path: string }[] }>().issues.map(({ path }) => path);
}

async function titles(): Promise<string[]> {
  const reply = await service.call('GET', '/documents?limit=100', { as: 'root' });
  return reply.json<{ items: { title: string }[] }>().items.map(({ title }) => title);
}
