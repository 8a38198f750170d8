import type { Text } from '../texts.ts';

/** What `billumy doctor` tells of one thing. */
export interface Finding {
  check: Text;
  state: 'ok' | 'warning' | 'problem';
  /** What was found, and what to do about it. */
  detail: Text;
}
