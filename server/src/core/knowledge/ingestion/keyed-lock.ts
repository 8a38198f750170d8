/** Lets one at a time work on a key; those who wait come in the order they asked. */
export interface KeyedLock {
  /** Runs `work` while nobody else holds any of the keys. */
  hold<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<void>>();
  return {
    async hold(keys, work) {
      const distinct = [...new Set(keys)];
      const before = Promise.all(distinct.flatMap((key) => tails.get(key) ?? []));
      const result = before.then(work);
      // All places in line are taken in one step, so two holders never wait for each other.
      const tail = result.then(ignore, ignore);
      for (const key of distinct) tails.set(key, tail);
      try {
        return await result;
      } finally {
        for (const key of distinct) if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}

function ignore(): void {}
