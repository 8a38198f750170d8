/** How the time of a request is shared out: what comes later must find some left. */
export interface TimeLeft {
  /** Milliseconds until this share (0..1) of the whole time is over; 0 when it is. */
  until(share: number): number;
  /** Aborts then, with the reason `TimeoutError`; or when the other signal does. */
  signal(share: number, signal: AbortSignal): AbortSignal;
}

export function startTime(totalMs: number): TimeLeft {
  const startedAt = performance.now();
  const until = (share: number): number => Math.max(0, Math.floor(startedAt + share * totalMs - performance.now()));
  return {
    until,
    signal: (share, signal) => AbortSignal.any([signal, AbortSignal.timeout(until(share))]),
  };
}
