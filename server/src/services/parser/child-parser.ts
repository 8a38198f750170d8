import { AppError } from '../../errors/app-error.ts';
import type { ParsedDocument } from '../../models/document.ts';
import type { Parser, ParserInput } from '../../ports/parser.ts';
import { createTurns } from '../../process/turns.ts';
import { startParserProcess, tooExpensive, type ParserProcess } from './parser-process.ts';

export interface ChildParserOptions {
  /** Files read at the same time, each by its own process. */
  processes?: number;
  /** Processor time for one file. */
  cpuSeconds?: number;
  /** Time for one file whatever the machine is busy with, counted from when its process takes it. */
  deadlineSeconds?: number;
  memoryMegabytes?: number;
  /** How long a process without work stays warm. */
  idleSeconds?: number;
}

/** A process ends after so much work, so that nothing a file did to it can last. */
const mostFiles = 200;
const mostResidentBytes = 300 * 1024 * 1024;
/** Of the processor time for one file; a file gets so much more when it is read by a new process. */
const warmCpuShare = 0.25;

/** A parser whose files are read by child processes, which may die of them. */
export function openChildParser({
  processes = 2,
  cpuSeconds = 20,
  deadlineSeconds = 120,
  memoryMegabytes = 1024,
  idleSeconds = 30,
}: ChildParserOptions = {}): Parser {
  const idle: WarmProcess[] = [];
  const started = new Set<ParserProcess>();
  const turns = createTurns(processes);
  const closed = new AbortController();

  function take(): WarmProcess {
    for (let warm = idle.pop(); warm !== undefined; warm = idle.pop()) {
      clearTimeout(warm.idleTimer);
      if (warm.process.isAlive()) return warm;
    }
    const process = startParserProcess({ cpuSeconds: cpuSeconds * (1 + warmCpuShare), memoryMegabytes });
    started.add(process);
    void process.ended.then(() => started.delete(process));
    return { process, files: 0, idleTimer: undefined };
  }

  function isFresh({ process, files }: WarmProcess): boolean {
    const { cpuMilliseconds, residentBytes } = process.usage();
    return (
      process.isAlive() &&
      files < mostFiles &&
      cpuMilliseconds < cpuSeconds * warmCpuShare * 1000 &&
      residentBytes < mostResidentBytes
    );
  }

  function putBack(warm: WarmProcess): void {
    if (!isFresh(warm) || closed.signal.aborted) {
      warm.process.kill();
      return;
    }
    idle.push(warm);
    warm.idleTimer = setTimeout(() => {
      idle.splice(idle.indexOf(warm), 1);
      warm.process.kill();
    }, idleSeconds * 1000).unref();
  }

  /** The turn is taken already. */
  async function parseInProcess(file: ParserInput, signal: AbortSignal): Promise<ParsedDocument> {
    const warm = take();
    const abort = (): void => warm.process.kill(signal.reason);
    const deadline = setTimeout(() => warm.process.kill(tooExpensive()), deadlineSeconds * 1000);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await warm.process.parse(file);
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
      warm.files += 1;
      putBack(warm);
    }
  }

  return {
    async parse(file, { signal }) {
      const stop = AbortSignal.any([signal, closed.signal]);
      await turns.take(stop);
      try {
        stop.throwIfAborted();
        return await parseInProcess(file, stop);
      } finally {
        turns.release();
      }
    },
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      for (const { idleTimer } of idle.splice(0)) clearTimeout(idleTimer);
      for (const process of started) process.kill();
      await Promise.all([...started].map((process) => process.ended));
    },
  };
}

interface WarmProcess {
  process: ParserProcess;
  files: number;
  idleTimer: NodeJS.Timeout | undefined;
}
