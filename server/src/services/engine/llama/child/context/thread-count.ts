import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** How many threads to compute with now. */
export type ThreadCount = () => number;

const sampleMs = 500;
/** A share of a core that other programs may use before one thread is given up to them. */
const tolerated = 0.4;

/**
 * Threads for what the machine has left: threads of llama.cpp spin while they wait for each other, so that one thread
 * too many beside a busy program costs far more than it brings.
 * @param fixed overrides the measuring
 * @param cores the cores that are worth using
 */
export function createThreadCount({ fixed, cores }: { fixed: number | null; cores: number }): ThreadCount {
  if (fixed !== null) return () => fixed;
  const limit = Math.max(1, Math.min(cores, availableParallelism(), Math.ceil(cpuQuota() ?? Infinity)));
  if (limit === 1) return () => 1;
  let threads = limit;
  let last = cpuTimes();
  return () => {
    const now = performance.now();
    if (now - last.at < sampleMs) return threads;
    const current = cpuTimes();
    const othersBusy = (current.allBusyMs - last.allBusyMs - (current.ownMs - last.ownMs)) / (current.at - last.at);
    threads = Math.max(1, Math.min(limit, Math.floor(limit - othersBusy + tolerated)));
    last = current;
    return threads;
  };
}

interface CpuTimes {
  at: number;
  allBusyMs: number;
  ownMs: number;
}

function cpuTimes(): CpuTimes {
  let allBusyMs = 0;
  for (const { times } of cpus()) allBusyMs += times.user + times.nice + times.sys + times.irq;
  const own = process.cpuUsage();
  return { at: performance.now(), allBusyMs, ownMs: (own.user + own.system) / 1000 };
}

/** Cores that the control group of a container may use; undefined without a limit. */
function cpuQuota(): number | undefined {
  try {
    const [quota, period] = readFileSync('/sys/fs/cgroup/cpu.max', 'utf8').trim().split(' ').map(Number);
    return quota !== undefined && period !== undefined && quota > 0 ? quota / period : undefined;
  } catch {
    return undefined; // no Linux, or no control groups
  }
}
