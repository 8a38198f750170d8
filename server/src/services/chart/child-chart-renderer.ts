import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ChartRenderer } from '../../ports/chart-renderer.ts';
import { builtModule } from '../../process/built-module.ts';
import type { ProcessDeath } from '../../process/limited-process.ts';
import { startCalledProcess, type CalledProcess } from '../../process/process-calls.ts';
import { createTurns } from '../../process/turns.ts';
import { checkSpecification, undrawable } from './check-specification.ts';

export interface ChildChartRendererOptions {
  /** For one chart, counted from when the process takes it. */
  deadlineSeconds?: number;
  memoryMegabytes?: number;
  /** More charts than that are refused while they would have to wait. */
  mostWaiting?: number;
  /** How long the process without work stays warm. */
  idleSeconds?: number;
}

/** A process ends after so many charts, so that nothing lasts. */
const mostCharts = 500;
const cpuSeconds = 600;
/** Vega consists of many modules, which are opened at once. */
const openFiles = 512;
const heapShare = 0.6;

/** Draws one chart after the other in a process that can neither write nor reach anything, and that may die of a chart. */
export function openChildChartRenderer({
  deadlineSeconds = 10,
  memoryMegabytes = 768,
  mostWaiting = 64,
  idleSeconds = 30,
}: ChildChartRendererOptions = {}): ChartRenderer {
  const turns = createTurns(1, mostWaiting);
  const closed = new AbortController();
  let warm: { process: CalledProcess; charts: number } | undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  function take(): CalledProcess {
    clearTimeout(idleTimer);
    if (warm === undefined || warm.charts === mostCharts || !warm.process.isAlive()) {
      warm?.process.kill();
      warm = { process: startChartChild(memoryMegabytes), charts: 0 };
    }
    warm.charts += 1;
    idleTimer = setTimeout(() => warm?.process.kill(), idleSeconds * 1000).unref();
    return warm.process;
  }

  /** The turn is taken already. */
  async function drawInProcess(specification: Readonly<Record<string, unknown>>, stop: AbortSignal): Promise<string> {
    const process = take();
    const abort = (): void => process.kill(stop.reason);
    const deadline = setTimeout(() => process.kill(new AppError('timeout')), deadlineSeconds * 1000);
    stop.addEventListener('abort', abort, { once: true });
    try {
      return (await process.call('draw', specification)) as string;
    } finally {
      clearTimeout(deadline);
      stop.removeEventListener('abort', abort);
    }
  }

  return {
    async draw(specification, { signal }) {
      checkSpecification(specification);
      const stop = AbortSignal.any([signal, closed.signal]);
      await turns.take(stop);
      try {
        stop.throwIfAborted();
        return await drawInProcess(specification, stop);
      } finally {
        turns.release();
      }
    },
    async [Symbol.asyncDispose]() {
      closed.abort(new AppError('shutting_down'));
      clearTimeout(idleTimer);
      warm?.process.kill();
      await warm?.process.ended;
    },
  };
}

function startChartChild(memoryMegabytes: number): CalledProcess {
  return startCalledProcess({
    module: builtModule(import.meta.url, './chart-child.js'),
    limits: { cpuSeconds, memoryMegabytes, openFiles, fileBytes: 0 },
    heapShare,
    deathError,
  });
}

function deathError(death: ProcessDeath): AppError {
  if (death.kind === 'not_started') return new AppError('internal', { cause: death.cause });
  return undrawable(told`It takes more memory than it gets.`);
}
