import { AppError } from '../../errors/app-error.ts';
import type { ParsedDocument } from '../../models/document.ts';
import type { Parser, ParserInput } from '../../ports/parser.ts';
import { startParserProcess, type ParserProcess } from './parser-process.ts';
import { createTurns } from './turns.ts';

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
const warmCpuSeconds = 5;

/** A parser whose files are read by child processes, which may die of them. */
export function openChildParser({
  processes = 2,
  cpuSeconds = 20,
  deadlineSeconds = 60,
  memoryMegabytes = 1024,
  idleSeconds = 30,
}: ChildParserOptions = {}): Parser {
  const idle: WarmProcess[] = [];
  const working = new Set<WarmProcess>();
  const turns = createTurns(processes);
  const closed = new AbortController();

  function take(): WarmProcess {
    let taken = idle.pop();
    while (taken !== undefined && !taken.process.isAlive()) taken = idle.pop();
    taken ??= {
      process: startParserProcess({ cpuSeconds: cpuSeconds + warmCpuSeconds, memoryMegabytes }),
      files: 0,
      idleTimer: undefined,
    };
    clearTimeout(taken.idleTimer);
    working.add(taken);
    return taken;
  }

  function putBack(warm: WarmProcess, isReusable: boolean): void {
    working.delete(warm);
    if (isReusable && !closed.signal.aborted) {
      idle.push(warm);
      warm.idleTimer = setTimeout(() => {
        idle.splice(idle.indexOf(warm), 1);
        warm.process.kill();
      }, idleSeconds * 1000).unref();
    } else warm.process.kill();
    turns.release();
  }

  async function parseIn(warm: WarmProcess, file: ParserInput, signal: AbortSignal): Promise<ParsedDocument> {
    let isReusable = false;
    const abort = (): void => warm.process.kill(signal.reason);
    const deadline = setTimeout(
      () => warm.process.kill(new AppError('document_too_expensive')),
      deadlineSeconds * 1000,
    );
    signal.addEventListener('abort', abort, { once: true });
    try {
      const { document, usage } = await warm.process.parse(file);
      warm.files += 1;
      isReusable =
        warm.files < mostFiles &&
        usage.cpuMilliseconds < warmCpuSeconds * 1000 &&
        usage.residentBytes < mostResidentBytes;
      return document;
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
      putBack(warm, isReusable);
    }
  }

  return {
    async parse(file, { signal }) {
      await turns.take(AbortSignal.any([signal, closed.signal]));
      return parseIn(take(), file, signal);
    },
    async [Symbol.asyncDispose]() {
      closed.abort(closing());
      for (const { process, idleTimer } of [...working, ...idle.splice(0)]) {
        clearTimeout(idleTimer);
        process.kill(closing());
      }
    },
  };
}

interface WarmProcess {
  process: ParserProcess;
  files: number;
  idleTimer: NodeJS.Timeout | undefined;
}

function closing(): AppError {
  return new AppError('shutting_down');
}
