import { parentPort } from 'node:worker_threads';

import { analyzePassage, type AnalyzedPassage } from './text-analysis.ts';

// The thread behind openTextAnalyzer.

const port = parentPort;
if (port === null) throw new Error('text-analysis-worker runs in a worker thread');

port.on('message', ({ id, passages }: { id: number; passages: readonly AnalyzedPassage[] }) => {
  port.postMessage({ id, terms: passages.map(analyzePassage) });
});
