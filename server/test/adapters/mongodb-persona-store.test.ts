import { expect, it } from 'vitest';
import { createMongoPersonaStore } from '../../src/db/mongodb/mongo-persona-store.ts';
import { personaStoreContract } from '../contracts/persona-store-contract.ts';
import { describeOnMongo, mongoPair } from '../support/mongo-backend.ts';
import { samplePersona } from '../support/sample-persona.ts';

describeOnMongo(() => {
  personaStoreContract('MongoDB', { openPair: () => mongoPair(createMongoPersonaStore) });

  it('keeps one of many that are saved under a new name at once', async () => {
    await using pair = await mongoPair(createMongoPersonaStore);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? pair.first : pair.second).save(samplePersona(n % 3 === 0 ? 'Mario:1' : 'mario:1')),
      ),
    );
    expect(await pair.first.list()).toHaveLength(1);
  });
});
