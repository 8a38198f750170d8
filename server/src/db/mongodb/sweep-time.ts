const graceMs = 24 * 60 * 60 * 1000;

/**
 * When MongoDB itself removes a record whose time ends then: a day later, by the clock of this machine. Services remove
 * records by their own clock every hour; this is for the time when none of them runs.
 */
export function sweepTime(endsAt: number): Date {
  return new Date(Math.max(endsAt, Date.now()) + graceMs);
}
