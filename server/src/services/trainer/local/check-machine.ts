import { mkdir } from 'node:fs/promises';
import type { MachineCheck } from './assess.ts';
import { startTrainerProcess } from './trainer-process.ts';

const longestCheckMs = 60_000;

/** Opens the libraries in a process of their own, compares gradients with differences, and measures their speed. */
export async function checkMachine(scratch: string): Promise<MachineCheck> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const child = startTrainerProcess();
  const timer = setTimeout(() => child.kill(), longestCheckMs);
  try {
    child.send({ type: 'check', scratch });
    for await (const reply of child.replies) {
      if (reply.type === 'checked') return { speeds: reply.speeds };
      if (reply.type === 'failed') return { trouble: troubleOf(reply.cause) };
    }
    return { trouble: troubleOf('it said nothing') };
  } catch (error) {
    return { trouble: troubleOf(String(error)) };
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}

function troubleOf(cause: string): string {
  const [firstLine = ''] = cause.split('\n');
  return `The libraries of the engine cannot train on this machine (${firstLine}); set TRAINER_URL to train elsewhere.`;
}
