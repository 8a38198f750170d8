import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { builtModule } from '../../src/process/built-module.ts';
import { openThread } from '../../src/process/thread.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());

const source = (name: string): string =>
  JSON.stringify(builtModule(new URL('../../src/', import.meta.url).href, `./${name}.js`));
const file = folder.file('thread.mjs');
await writeFile(
  file,
  `import { workerData } from 'node:worker_threads';
   import { serveThread } from ${source('process/serve-thread')};
   import { AppError } from ${source('errors/app-error')};
   import { told } from ${source('errors/told')};
   serveThread({
     add: ({ first, second }) => first + second,
     data: () => workerData,
     refuse: () => { throw new AppError('not_found', { detail: told\`Look elsewhere.\` }); },
     fail: () => { throw new TypeError('a mistake'); },
     die: () => { process.exit(3); },
   });`,
);

describe('a thread', () => {
  it('answers calls, each with its own result', async () => {
    await using thread = openThread(file, { name: 'x' });
    const sums = [1, 2, 3].map((first) => thread.call('add', { first, second: 10 }));
    expect(await Promise.all(sums)).toEqual([11, 12, 13]);
    expect(await thread.call('data')).toEqual({ name: 'x' });
  });

  it('gives errors of the catalogue back as they are, others as internal with their cause', async () => {
    await using thread = openThread(file);
    await expect(thread.call('refuse')).rejects.toMatchObject({ code: 'not_found', detail: 'Look elsewhere.' });
    await expect(thread.call('fail')).rejects.toMatchObject({
      code: 'internal',
      cause: { message: expect.stringContaining('a mistake') as string },
    });
    expect(await thread.call('add', { first: 1, second: 1 })).toBe(2);
  });

  it('rejects what waits when the thread dies, and every later call', async () => {
    await using thread = openThread(file);
    const waiting = [thread.call('die'), thread.call('add', { first: 1, second: 1 })];
    for (const call of waiting) await expect(call).rejects.toMatchObject({ code: 'internal' });
    await expect(thread.call('data')).rejects.toMatchObject({ code: 'internal' });
  });

  it('may be closed twice, and refuses calls afterwards', async () => {
    const thread = openThread(file);
    const last = thread.call('add', { first: 2, second: 2 });
    await thread[Symbol.asyncDispose]();
    await thread[Symbol.asyncDispose]();
    expect(await last).toBe(4);
    await expect(thread.call('data')).rejects.toMatchObject({ code: 'internal' });
  });
});
