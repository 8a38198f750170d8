import { readFileSync } from 'node:fs';

/** The processes that this one started and that have these words in their command line (Linux). */
export function startedWith(words: string): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim();
  return children
    .split(' ')
    .filter((pid) => pid !== '' && ofProcess(pid, 'cmdline').includes(words))
    .map(Number);
}

/** Resident memory of a process, in MiB; 0 when it has ended. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(ofProcess(String(pid), 'status'))?.[1] ?? 0) / 1024;
}

function ofProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
