import { expect } from 'vitest';
import type { AccountStoresHarness } from '../support/accounts.ts';
import { defineContract } from '../support/define-contract.ts';

export const secretStoreContract = defineContract<AccountStoresHarness>('secret store', (it, { openPair }) => {
  it('keeps the first secret of a name for ever', async () => {
    await using pair = await openPair();
    const made = new Uint8Array([0, 1, 254, 255]);
    expect(new Uint8Array(await pair.first.secrets.getOrCreate('key', made))).toEqual(made);
    expect(new Uint8Array(await pair.second.secrets.getOrCreate('key', new Uint8Array([9])))).toEqual(made);
    expect(new Uint8Array(await pair.second.secrets.getOrCreate('other', new Uint8Array([9])))).toEqual(
      new Uint8Array([9]),
    );
  });

  it('gives many makers at once the same secret', async () => {
    await using pair = await openPair();
    const given = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? pair.first : pair.second).secrets.getOrCreate('key', new Uint8Array([index])),
      ),
    );
    expect(new Set(given.map((secret) => secret[0])).size).toBe(1);
  });
});
