import type { PartTrouble } from '../errors/part-troubles.ts';

/** `degraded` still works, with less. */
export interface PartHealth {
  status: 'ok' | 'degraded' | 'down';
  /** What is wrong and what to do; null when nothing is. */
  why: string | null;
  /** What is wrong, where it is one of the known troubles. */
  trouble?: PartTrouble;
  /** The model that it does without until that is on this machine. */
  awaits?: string;
}
