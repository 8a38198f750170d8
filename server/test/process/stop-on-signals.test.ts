import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { builtModule } from '../../src/process/built-module.ts';

const module = builtModule(new URL('../../src/process/', import.meta.url).href, './stop-on-signals.js');

/** A process that stops on signals, runs `body`, and tells what happens to it. */
async function run(body: string, { signals = 0, close = '' } = {}): Promise<{ code: number | null; output: string }> {
  const program = `
    import { stopOnSignals } from ${JSON.stringify(module)};
    stopOnSignals({
      async close() { console.log('closing'); ${close} },
      reportFailure(error) { console.log('failure: ' + error.message); },
    });
    setInterval(() => {}, 1000);
    console.log('started');
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let sent = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (sent < signals && output.includes(sent === 0 ? 'started' : 'closing')) {
      sent += 1;
      child.kill('SIGTERM');
    }
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

describe('a process that stops on signals', () => {
  it('closes and ends with code 0', async () => {
    expect(await run('', { signals: 1 })).toEqual({ code: 0, output: 'started\nclosing\n' });
  });

  it('ends at once at the second signal', async () => {
    expect(await run('', { signals: 2, close: 'await new Promise(() => {});' })).toMatchObject({ code: 1 });
  });

  it('ends with code 1 when closing fails', async () => {
    const ended = await run('', { signals: 1, close: "throw new Error('stuck');" });
    expect(ended).toEqual({ code: 1, output: 'started\nclosing\nfailure: stuck\n' });
  });

  it.each(["setTimeout(() => { throw new Error('lost'); });", "void Promise.reject(new Error('lost'));"])(
    'notes an error that nobody caught, closes, and ends with code 1: %s',
    async (body) => {
      expect(await run(body)).toEqual({ code: 1, output: 'started\nfailure: lost\nclosing\n' });
    },
  );
});
