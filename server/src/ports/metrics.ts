import type { Engine } from './engine.ts';

/** Counts what happens, for an outside system to collect. Never rejects work because counting failed. */
export interface Metrics {
  /** `route` is the template (`/documents/:id`), never the address itself. */
  countRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** The same engine, whose tokens, waiting and failures are counted. */
  meter(engine: Engine): Engine;
  /** Everything counted, in the text form of its media type. */
  render(): Promise<{ mediaType: string; text: string }>;
}
