import { setImmediate } from 'node:timers/promises';
import type { Language } from '../../../models/language.ts';
import type { Evidence } from './evidence.ts';
import { findQuotations, type Quotation } from './quotation.ts';
import { readSource, type ReadableSource } from './readable-sources.ts';

export interface ReadingRequest {
  question: string;
  /** All that was found, best first, uncut. */
  found: readonly Evidence[];
  language: Language;
}

/** What was found, taken apart and compared with the question. */
export interface Reading {
  sources: readonly ReadableSource[];
  /** Best first. */
  quotations: readonly Quotation[];
}

export function read({ question, found, language }: ReadingRequest): Reading {
  const sources = found.map((evidence) => readSource(evidence, language));
  return { sources, quotations: findQuotations(question, sources, language) };
}

/** The same after what is under way was sent: while another process works, this thread has nothing else to do. */
export function readMeanwhile(request: ReadingRequest): Promise<Reading> {
  const reading = setImmediate().then(() => read(request));
  // Whoever waits for it is told; when nobody does any more, nothing is lost.
  reading.catch(() => undefined);
  return reading;
}
