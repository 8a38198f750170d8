import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'quiet';

/** A state in one or two words; the colour only repeats what they say. */
export function StateBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`badge state ${tone}`}>
      <span className="state-dot" aria-hidden="true" />
      {children}
    </span>
  );
}
