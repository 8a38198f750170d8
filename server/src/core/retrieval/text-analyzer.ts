import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors/app-error.ts';
import type { Passage } from '../../models/passage.ts';
import type { Terms } from '../../ports/search-index.ts';
import { builtModule } from '../../process/built-module.ts';

/** Text analysis in a thread of its own, beside the one that writes the index: ingestion uses both. */
export interface TextAnalyzer extends AsyncDisposable {
  /** The terms of each passage, in order. */
  analyze(passages: readonly Passage[]): Promise<Terms[]>;
}

interface Waiting {
  resolve(terms: Terms[]): void;
  reject(error: unknown): void;
}

/** The thread starts with the first call. */
export function openTextAnalyzer(): TextAnalyzer {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let closed = false;
  let lastId = 0;

  const abandon = (error: unknown): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(new AppError('internal', { cause: error }));
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(builtModule(import.meta.url, './text-analysis-worker.js'));
    started.unref();
    started.on('message', ({ id, terms }: { id: number; terms: Terms[] }) => {
      waiting.get(id)?.resolve(terms);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
    });
    started.on('error', abandon);
    started.on('exit', () => abandon(new Error('the text analyzer ended')));
    return started;
  };

  return {
    analyze(passages) {
      if (closed) return Promise.reject(new AppError('shutting_down'));
      worker ??= start();
      worker.ref();
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker?.postMessage({
          id,
          passages: passages.map(({ title, section, text, language }) => ({ title, section, text, language })),
        });
      });
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await worker?.terminate();
    },
  };
}
