import { readFileSync } from 'node:fs';

const watchMs = 500;

/** Calls back once when a process has more in memory than that. Only Linux tells how much it is. */
export function watchMemory(
  pid: number | undefined,
  { mostBytes, exceeded }: { mostBytes: number; exceeded: () => void },
): { stop(): void } {
  const timer = setInterval(() => {
    if (pid === undefined || residentBytes(pid) <= mostBytes) return;
    clearInterval(timer);
    exceeded();
  }, watchMs).unref();
  return { stop: () => clearInterval(timer) };
}

function residentBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    // It has just ended, or this is not Linux.
    return 0;
  }
}
