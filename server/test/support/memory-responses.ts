import type { ResponseStore, StoredResponse } from '../../src/ports/response-store.ts';

/** Responses in memory, for tests of those who use a store. */
export function createMemoryResponses(): ResponseStore & { readonly all: readonly StoredResponse[] } {
  let all: StoredResponse[] = [];
  return {
    get all() {
      return all;
    },
    save: async (response) => void all.push(structuredClone(response)),
    find: async (id, ownerId) => all.find(isOne(id, ownerId)),
    async delete(id, ownerId) {
      const before = all.length;
      all = all.filter((one) => !isOne(id, ownerId)(one));
      return all.length < before;
    },
    async deleteExpired(createdBefore) {
      all = all.filter(({ createdAt }) => createdAt >= createdBefore);
    },
  };
}

function isOne(id: string, ownerId: string): (one: StoredResponse) => boolean {
  return (one) => one.id === id && one.ownerId === ownerId;
}
