import type { TokenUsage } from '../../models/language-model.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Principal } from '../../models/principal.ts';
import type { UsageEntry } from '../../models/usage.ts';
import type { UsageFilter, UsageStore, UsageTotal } from '../../ports/usage-store.ts';

/** What callers use of models, kept for whoever pays for it. */
export interface Usage extends AsyncDisposable {
  /** Counts one request; it is stored within a second, and before the disposal ends. */
  record(principal: Principal, used: { model: string; usage: TokenUsage }): void;
  /** A key sees its own, an account its own, an administrator everybody's or that of one user. */
  report(
    principal: Principal,
    asked: { from: string; to: string; userId?: string | undefined },
    page: PageRequest,
  ): Promise<{ total: UsageTotal; entries: Page<UsageEntry> }>;
}

export interface UsageOptions {
  usage: UsageStore;
  now: () => Date;
  /** Told when storing failed; what could not be stored is tried again. */
  onError: (error: unknown) => void;
}

const storeEveryMs = 1000;

export function createUsage({ usage: store, now, onError }: UsageOptions): Usage {
  let waiting = new Map<string, UsageEntry>();
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<void> = Promise.resolve();

  function add(entry: UsageEntry): void {
    const key = JSON.stringify([entry.day, entry.userId, entry.keyId, entry.model]);
    const before = waiting.get(key);
    waiting.set(key, before === undefined ? entry : sum(before, entry));
  }

  function storeSoon(): void {
    timer ??= setTimeout(() => void (storing = storing.then(storeNow)), storeEveryMs).unref();
  }

  async function storeNow(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const entries = [...waiting.values()];
    waiting = new Map();
    if (entries.length === 0) return;
    try {
      await store.add(entries);
    } catch (error) {
      for (const entry of entries) add(entry);
      onError(error);
      storeSoon();
    }
  }

  return {
    record({ userId, keyId }, { model, usage }) {
      const { promptTokens, cachedTokens, completionTokens } = usage;
      const day = dayOf(now());
      add({ day, userId, keyId, model, requests: 1, promptTokens, cachedTokens, completionTokens });
      storeSoon();
    },
    async report(principal, asked, page) {
      storing = storing.then(storeNow);
      await storing;
      const filter = filterFor(principal, asked);
      const [total, entries] = await Promise.all([store.total(filter), store.list(filter, page)]);
      return { total, entries };
    },
    async [Symbol.asyncDispose]() {
      await storing.then(storeNow);
      clearTimeout(timer);
    },
  };
}

/** In UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function sum(one: UsageEntry, other: UsageEntry): UsageEntry {
  return {
    ...one,
    requests: one.requests + other.requests,
    promptTokens: one.promptTokens + other.promptTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    completionTokens: one.completionTokens + other.completionTokens,
  };
}

function filterFor(
  { userId: own, keyId, scopes }: Principal,
  { from, to, userId }: { from: string; to: string; userId?: string | undefined },
): UsageFilter {
  if (scopes.includes('admin')) return { from, to, userId: userId ?? null };
  return { from, to, userId: own, ...(keyId === null ? {} : { keyId }) };
}
