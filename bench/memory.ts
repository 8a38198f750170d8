import { readFileSync } from 'node:fs';

/** Resident memory of a process and all its descendants, in MB (Linux). */
export function residentMegabytes(pid: number): number {
  return ownMegabytes(pid) + childrenOf(pid).reduce((sum, child) => sum + residentMegabytes(child), 0);
}

/** Resident memory of a process alone, in MB. */
export function ownMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
}

/** The processes that this one started and that have these words in their command line. */
export function startedWith(words: string): number[] {
  return childrenOf(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(words));
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children.split(' ').filter(Boolean).map(Number);
}
