import { serveThread } from '../../process/serve-thread.ts';
import { analyzePassage, type AnalyzedPassage } from './text-analysis.ts';

// The thread behind openTextAnalyzer.

serveThread({ analyze: (passages: readonly AnalyzedPassage[]) => passages.map(analyzePassage) });
