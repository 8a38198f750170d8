import type { Told } from '../errors/told.ts';

/** `degraded` still works, with less. */
export interface PartHealth {
  status: 'ok' | 'degraded' | 'down';
  /** What is wrong and what to do; null when nothing is. */
  why: Told | null;
  /** The model that it does without until that is on this machine. */
  awaits?: string;
}
