import { AppError } from '../../errors/app-error.ts';
import type { CalledProcess } from '../../process/process-calls.ts';

/** Processes that are started before they are needed. Each is given once. */
export interface WarmPool extends AsyncDisposable {
  /** Somebody will take one soon: it is started now, if none waits. */
  prepare(): void;
  take(): CalledProcess;
}

export interface WarmPoolOptions {
  start(): CalledProcess;
  /** So many wait. */
  warm: number;
  /** How long they wait; none is started before one was needed. */
  idleSeconds: number;
}

export function createWarmPool({ start, warm, idleSeconds }: WarmPoolOptions): WarmPool {
  const alive = new Set<CalledProcess>();
  const idle: CalledProcess[] = [];
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  function begin(): CalledProcess {
    const process = start();
    alive.add(process);
    void process.ended.then(() => alive.delete(process));
    return process;
  }

  /** Once somebody is through, so that starting does not slow down who is being served. */
  function refill(): void {
    if (isClosed) return;
    while (idle.length < warm) idle.push(begin());
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      for (const process of idle.splice(0)) process.kill();
    }, idleSeconds * 1000).unref();
  }

  return {
    prepare() {
      if (!isClosed && !idle.some((process) => process.isAlive())) idle.push(begin());
    },
    take() {
      if (isClosed) throw new AppError('shutting_down');
      let process = idle.shift();
      while (process !== undefined && !process.isAlive()) process = idle.shift();
      process ??= begin();
      void process.ended.then(refill);
      return process;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(idleTimer);
      for (const process of alive) process.kill(new AppError('shutting_down'));
      await Promise.all([...alive].map((process) => process.ended));
    },
  };
}
