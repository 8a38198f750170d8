import type { Passage } from '../../models/passage.ts';
import type { Terms } from '../../ports/search-index.ts';
import { builtModule } from '../../process/built-module.ts';
import { openThread, type Thread } from '../../process/thread.ts';
import type { AnalyzedPassage } from './text-analysis.ts';

/** Text analysis in a thread of its own, beside the one that writes the index: ingestion uses both. */
export interface TextAnalyzer extends AsyncDisposable {
  /** The terms of each passage, in order. */
  analyze(passages: readonly Passage[]): Promise<Terms[]>;
}

/** The thread starts with the first call. */
export function openTextAnalyzer(): TextAnalyzer {
  let thread: Thread | null = null;
  return {
    async analyze(passages) {
      thread ??= openThread(builtModule(import.meta.url, './text-analysis-worker.js'));
      return (await thread.call('analyze', passages.map(analyzed))) as Terms[];
    },
    async [Symbol.asyncDispose]() {
      await thread?.[Symbol.asyncDispose]();
    },
  };
}

/** Less to copy into the thread than the whole passage. */
function analyzed({ title, section, text, language }: Passage): AnalyzedPassage {
  return { title, section, text, language };
}
