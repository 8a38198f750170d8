const firstMs = 100;
const mostMs = 2_000;

/** How long to wait after so many refusals of a busy server: anything up to a bound that doubles ("full jitter"). */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(mostMs, firstMs * 2 ** attempt);
}
