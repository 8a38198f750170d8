import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import koffi from 'koffi';

const exclusive = 2;
const withoutWaiting = 4;
const askAgainMs = 250;

export interface TurnOptions {
  /** Told once, when another process has the turn. */
  onWait(): void;
  /** Looked at while it waits. */
  isStopped(): boolean;
}

/**
 * Takes the turn of a machine, which one process at a time has, whichever service it belongs to. It ends with the
 * process, however that ends, so nothing has to be cleared up. Resolves to false when it was stopped before.
 * @param path of a file that all of them name; nothing is written to it
 */
export async function takeMachineTurn(path: string, { onWait, isStopped }: TurnOptions): Promise<boolean> {
  const lock = koffi.load(null).func('int flock(int, int)') as (file: number, operation: number) => number;
  // Never closed: then the turn would be over.
  const file = openSync(path, 'a', 0o600);
  if (lock(file, exclusive | withoutWaiting) === 0) return true;
  onWait();
  while (!isStopped()) {
    await sleep(askAgainMs);
    if (lock(file, exclusive | withoutWaiting) === 0) return true;
  }
  return false;
}
