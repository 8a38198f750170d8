/** Keys that are renewed at intervals, as long as there are any. */
export interface Renewal {
  add(key: string): void;
  remove(key: string): void;
}

/** What cannot be renewed once is renewed at the next interval. Keeps no process alive. */
export function openRenewal(everyMs: number, renew: (keys: string[]) => Promise<void>): Renewal {
  const keys = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return {
    add(key) {
      keys.add(key);
      timer ??= setInterval(() => void renew([...keys]).catch(() => undefined), everyMs).unref();
    },
    remove(key) {
      keys.delete(key);
      if (keys.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
