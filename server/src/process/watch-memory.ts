import { readFile } from 'node:fs/promises';

const everyMs = 50;
const pageBytes = 4096;

/**
 * Calls `onExcess` when a process has more resident memory than it may, until the returned function is called. For
 * systems that have `/proc` and no `prlimit`; elsewhere it sees nothing.
 */
export function watchMemory({ pid, megabytes }: { pid: number; megabytes: number }, onExcess: () => void): () => void {
  const timer = setInterval(() => {
    void residentBytes(pid).then((bytes) => bytes > megabytes * 1024 * 1024 && onExcess());
  }, everyMs).unref();
  return () => clearInterval(timer);
}

async function residentBytes(pid: number): Promise<number> {
  try {
    const [, pages = '0'] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
    return Number(pages) * pageBytes;
  } catch {
    // It has just ended, or the system keeps no such files.
    return 0;
  }
}
