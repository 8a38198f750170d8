import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { NativeContext } from '../../../src/services/engine/llama/child/context/native-context.ts';
import { PrefixCache } from '../../../src/services/engine/llama/child/scheduling/prefix-cache.ts';
import { PrefixStore } from '../../../src/services/engine/llama/child/scheduling/prefix-store.ts';
import { createSlots, type Slot } from '../../../src/services/engine/llama/child/scheduling/slots.ts';

const bytesPerToken = 10;

function setUp({ maxBytes = 1e6, canForget = true } = {}) {
  const log: string[] = [];
  const faults = { load: false, save: false };
  const native: Pick<NativeContext, 'saveSequenceStateToFile' | 'loadSequenceStateFromFile' | 'disposeSequence'> = {
    async saveSequenceStateToFile(path, sequence, tokens) {
      if (faults.save) throw new Error('no space left on device');
      log.push(`save ${sequence}: ${tokens.length}`);
      await writeFile(path, Buffer.alloc(tokens.length * bytesPerToken));
      return tokens.length;
    },
    async loadSequenceStateFromFile(_path, sequence, mostTokens) {
      if (faults.load) throw new Error('no state');
      log.push(`load ${sequence}: ${mostTokens}`);
      return new Uint32Array(mostTokens);
    },
    disposeSequence: (sequence) => void log.push(`clear ${sequence}`),
  };
  const store = new PrefixStore(maxBytes);
  const open = () => new PrefixCache({ native: native as NativeContext, store, bytesPerToken, canForget });
  const slots = createSlots(2);
  const [slot] = slots as [Slot, Slot];
  return { log, faults, open, cache: open(), slots, slot };
}

/** So many tokens that begin like no others with another number. */
const tokens = (first: number, length = 500): number[] => Array.from({ length }, (_, index) => first * 1000 + index);

describe.runIf(process.platform === 'linux')('prefix cache', () => {
  it('saves what a slot would lose, and restores it when it is wanted again', async () => {
    const { cache, slots, slot, log } = setUp();
    slot.tokens = tokens(1);
    await cache.prepare(tokens(2), { slot, slots });
    slot.tokens = tokens(2);
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(log).toEqual(['save 0: 500', 'save 0: 500', 'load 0: 500']);
    expect(slot.tokens).toEqual(tokens(1));
  });

  it('saves nothing that stays, is short, is in another slot, or is saved already', async () => {
    const { cache, slots, slot, log } = setUp();
    slot.tokens = tokens(1);
    await cache.prepare([...tokens(1), 7], { slot, slots });
    slot.tokens = tokens(1, 100);
    await cache.prepare(tokens(2), { slot, slots });
    slot.tokens = tokens(1);
    slots[1]!.tokens = tokens(1, 450);
    await cache.prepare(tokens(2), { slot, slots });
    expect(log).toEqual([]);
    slots[1]!.tokens = [];
    await cache.prepare(tokens(2), { slot, slots });
    await cache.prepare(tokens(2), { slot, slots });
    expect(log).toEqual(['save 0: 500']);
  });

  it('keeps of a conversation its latest state only', async () => {
    const { cache, slots, slot, log } = setUp({ maxBytes: 10_000 });
    for (const length of [300, 600, 900]) {
      slot.tokens = tokens(1, length);
      await cache.prepare(tokens(2), { slot, slots });
    }
    slot.tokens = [];
    await cache.prepare([...tokens(1, 900), 7], { slot, slots });
    expect(log.at(-1)).toBe('load 0: 900');
  });

  it('restores nothing that another slot has too', async () => {
    const { cache, slots, slot, log } = setUp();
    slot.tokens = tokens(1);
    await cache.prepare(tokens(2), { slot, slots });
    slots[1]!.tokens = tokens(1);
    slot.tokens = [];
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(log).toEqual(['save 0: 500']);
  });

  it('restores only whole beginnings for a model that cannot forget', async () => {
    const { cache, slots, slot, log } = setUp({ canForget: false });
    slot.tokens = tokens(1);
    await cache.prepare(tokens(2), { slot, slots });
    slot.tokens = [];
    await cache.prepare([...tokens(1, 400), 7], { slot, slots });
    await cache.prepare(tokens(1), { slot, slots });
    expect(log).toEqual(['save 0: 500']);
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(log).toEqual(['save 0: 500', 'load 0: 500']);
  });

  it('does without what cannot be saved, and forgets what cannot be restored', async () => {
    const { cache, slots, slot, log, faults } = setUp();
    faults.save = true;
    slot.tokens = tokens(1);
    await cache.prepare(tokens(2), { slot, slots });
    faults.save = false;
    await cache.prepare(tokens(2), { slot, slots });
    faults.load = true;
    slot.tokens = tokens(3, 50);
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(slot.tokens).toEqual([]);
    faults.load = false;
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(log).toEqual(['save 0: 500', 'clear 0']);
  });

  it('gives no context what another one has saved, and nothing after its end', async () => {
    const { cache, open, slots, slot, log } = setUp();
    slot.tokens = tokens(1);
    await cache.prepare(tokens(2), { slot, slots });
    slot.tokens = [];
    await open().prepare([...tokens(1), 7], { slot, slots });
    cache.close();
    await cache.prepare([...tokens(1), 7], { slot, slots });
    expect(log).toEqual(['save 0: 500']);
  });
});
