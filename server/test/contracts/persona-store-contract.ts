import { expect } from 'vitest';
import type { PersonaStore } from '../../src/ports/persona-store.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';
import { samplePersona } from '../support/sample-persona.ts';

export interface PersonaStoreHarness {
  deviations?: readonly Deviation[];
  /** Two clients of one new and empty backend. */
  openPair(): Promise<AsyncDisposable & { first: PersonaStore; second: PersonaStore }>;
}

export const personaStoreContract = defineContract<PersonaStoreHarness>('persona store', (it, { openPair }) => {
  it('gives back exactly what was saved, to every client', async () => {
    await using pair = await openPair();
    const plain = samplePersona('mario:latest');
    const full = samplePersona('Luigi:2', {
      base: 'llama3.2:1b',
      adapter: `sha256:${'ab'.repeat(32)}`,
      system: 'Você é o Luigi.\n"""aspas"""',
      template: '{{ .Prompt }}',
      parameters: { temperature: 0.5, stop: ['a', '\n'], num_ctx: 4096, use_mmap: false },
      messages: [
        { role: 'user', text: 'oi' },
        { role: 'assistant', text: 'olá' },
      ],
      licence: ['MIT', 'of the base'],
      knowledge: { collections: ['manuais'] },
      pinned: true,
      insights: true,
      updatedAt: new Date(9000),
    });
    await pair.first.save(plain);
    await pair.first.save(full);
    expect(await pair.second.find('mario:latest')).toEqual(plain);
    expect(await pair.second.find('Luigi:2')).toEqual(full);
    const everything = samplePersona('all:latest', { knowledge: { collections: null } });
    await pair.first.save(everything);
    expect(await pair.second.find('all:latest')).toEqual(everything);
  });

  it('compares names without regard to case', async () => {
    await using pair = await openPair();
    await pair.first.save(samplePersona('Mario:Latest'));
    expect(await pair.second.find('mARIO:latest')).toMatchObject({ name: 'Mario:Latest' });
    expect(await pair.second.find('mario')).toBeUndefined();
    await pair.second.save(samplePersona('mario:latest', { system: 'new' }));
    expect(await pair.first.list()).toEqual([samplePersona('mario:latest', { system: 'new' })]);
    expect(await pair.first.delete('MARIO:LATEST')).toBe(true);
    expect(await pair.second.list()).toEqual([]);
  });

  it('lists all, those changed last first', async () => {
    await using pair = await openPair();
    for (const [index, name] of ['b', 'a', 'c'].entries()) {
      await pair.first.save(samplePersona(`${name}:latest`, { updatedAt: new Date(index) }));
    }
    await pair.second.save(samplePersona('b:latest', { updatedAt: new Date(10) }));
    expect((await pair.second.list()).map(({ name }) => name)).toEqual(['b:latest', 'c:latest', 'a:latest']);
  });

  it('deletes one, once', async () => {
    await using pair = await openPair();
    await pair.first.save(samplePersona('mario:latest'));
    await pair.first.save(samplePersona('luigi:latest'));
    expect(await pair.second.delete('mario:latest')).toBe(true);
    expect(await pair.first.delete('mario:latest')).toBe(false);
    expect(await pair.first.find('mario:latest')).toBeUndefined();
    expect(await pair.first.find('luigi:latest')).toBeDefined();
  });
});
