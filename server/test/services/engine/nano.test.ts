import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { greedySampling } from '../../../src/models/language-model.ts';
import { createLlamaEngine } from '../../../src/services/engine/llama/create-llama-engine.ts';
import { createModelFiles } from '../../../src/services/model-files/create-model-files.ts';
import { complete } from '../../support/engine-calls.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Case {
  system: string;
  user: string;
  answer: string;
}

const folder = new URL('../../../../models/nano/', import.meta.url);
const greedy = { ...greedySampling, maxTokens: 200 };
/** Near ties fall differently on other processors. */
const tolerance = 3;

describe('nano', () => {
  it('is the file its README describes', async () => {
    const readme = await readFile(new URL('README.md', folder), 'utf8');
    const bytes = await readFile(new URL('nano.gguf', folder));
    expect(readme).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(readme).toContain(`${bytes.byteLength.toLocaleString('en-US')} bytes`);
    expect(bytes.byteLength).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  it('answers as many of the held-out questions as its README says, in the serving engine', async () => {
    const readme = await readFile(new URL('README.md', folder), 'utf8');
    const stated = Number(/`heldout\.json`[^|]*\| (\d+) of 60 \|/.exec(readme)?.[1]);
    const cases = JSON.parse(await readFile(new URL('heldout.json', folder), 'utf8')) as Case[];
    expect(cases).toHaveLength(60);
    await using data = await temporaryFolder();
    const files = createModelFiles({
      directory: data.path,
      bundledDirectory: 'models/nano',
      baseUrl: 'http://127.0.0.1:1',
    });
    await using engine = createLlamaEngine({ files, threads: 1 });
    const answers = await Promise.all(
      cases.map(({ system, user }) =>
        complete(engine, {
          model: 'nano',
          prompt: {
            type: 'chat',
            messages: [
              { role: 'system' as const, text: system },
              { role: 'user' as const, text: user },
            ].filter(({ text }) => text !== ''),
          },
          sampling: greedy,
        }),
      ),
    );
    const right = answers.filter(({ text }, index) => text.trim() === cases[index]?.answer.trim()).length;
    expect(Math.abs(right - stated), `${right} of 60 are right, the README says ${stated}`).toBeLessThanOrEqual(
      tolerance,
    );
  });
});
