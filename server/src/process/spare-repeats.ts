export interface SpareRepeatsOptions {
  /** How long the same failure is not told again. */
  everyMs?: number;
  now?: () => number;
}

const usualEveryMs = 60_000;
const mostRemembered = 100;

/**
 * Tells what went wrong in the background, and again only after a while: a server that is away fails every attempt of every
 * loop, and a log full of it hides everything else.
 */
export function spareRepeats(
  tell: (what: string, error: unknown) => void,
  { everyMs = usualEveryMs, now = Date.now }: SpareRepeatsOptions = {},
): (what: string, error: unknown) => void {
  const toldAt = new Map<string, number>();
  return (what, error) => {
    const failure = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    const before = toldAt.get(failure);
    if (before !== undefined && now() - before < everyMs) return;
    if (toldAt.size >= mostRemembered) toldAt.clear();
    toldAt.set(failure, now());
    tell(what, error);
  };
}
