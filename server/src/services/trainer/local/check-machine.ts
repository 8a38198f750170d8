import { mkdir } from 'node:fs/promises';
import type { MachineCheck } from './assess.ts';
import { startTrainerProcess } from './trainer-process.ts';
import { told } from '../../../errors/told.ts';

const longestCheckMs = 60_000;

/** Opens the libraries in a process of their own, compares gradients with differences, and measures their speed. */
export async function checkMachine(scratch: string): Promise<MachineCheck> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const child = startTrainerProcess();
  const timer = setTimeout(() => child.kill(), longestCheckMs);
  try {
    child.send({ type: 'check', scratch });
    for await (const reply of child.replies) {
      if (reply.type === 'checked') return { speeds: reply.speeds, usesFastCopies: reply.usesFastCopies };
      if (reply.type === 'failed') return troubleOf(new Error(reply.cause));
    }
    return troubleOf(new Error('the trainer said nothing'));
  } catch (error) {
    return troubleOf(error);
  } finally {
    clearTimeout(timer);
    child.kill();
  }
}

/** Words of the system may name paths: they are the cause, which is for the log. */
function troubleOf(cause: unknown): MachineCheck {
  return { trouble: told`The libraries of the engine do not train on this machine; another one has to do it.`, cause };
}
