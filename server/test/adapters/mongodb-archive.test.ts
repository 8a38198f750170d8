import { expect, it } from 'vitest';
import { copyInstallation } from '../../src/core/archive/copy-installation.ts';
import { createMongoArchive } from '../../src/db/mongodb/archive/mongo-archive.ts';
import { openMongo } from '../../src/db/mongodb/connection.ts';
import { createMongoApiKeyStore } from '../../src/db/mongodb/accounts/mongo-api-key-store.ts';
import { createMongoRefreshTokenStore } from '../../src/db/mongodb/accounts/mongo-refresh-token-store.ts';
import { createMongoUsageStore } from '../../src/db/mongodb/usage/mongo-usage-store.ts';
import { createMongoUserStore } from '../../src/db/mongodb/accounts/mongo-user-store.ts';
import { archiveContract, fillArchive, readAll } from '../contracts/archive-contract.ts';
import { emptyFolder, everythingIn, filledFolder } from '../support/archive-installations.ts';
import { sampleRecords } from '../support/archive-records.ts';
import { describeOnMongo, mongoBackend, mongoPair, mongoUrl } from '../support/mongo-backend.ts';

const duringCopy = { duringCopy: true };

describeOnMongo(() => {
  archiveContract('MongoDB', {
    openPair: () => mongoPair(createMongoArchive, duringCopy),
    completeState: 'usable',
  });

  it('goes on when the copy into it was ended at any write, and back gives the same', async () => {
    await using source = await filledFolder();
    const { blobs } = source;
    const { signal } = new AbortController();
    await using backend = await mongoBackend((connection) => connection, duringCopy);
    const connection = await backend.open();
    const whole = createMongoArchive(connection);
    let runs = 0;
    let left = 0;
    // Fails at its first write, the next time at its second, and so on: each run goes on with what was left.
    const archive = createMongoArchive({
      ...connection,
      run: (work) => {
        left -= 1;
        if (left === 0) throw new Error('killed');
        return connection.run(work);
      },
    });
    for (let isComplete = false; !isComplete;) {
      runs += 1;
      left = 15 + runs * 5;
      isComplete = await copyInstallation({ source, target: { archive, blobs }, signal }).then(
        () => true,
        () => false,
      );
    }
    expect(runs).toBeGreaterThan(5);
    expect(await everythingIn(whole)).toEqual(sampleRecords());
    await using back = await emptyFolder();
    await copyInstallation({ source: { archive: whole, blobs }, target: back, signal });
    expect(await everythingIn(back.archive)).toEqual(sampleRecords());
  });

  it('keeps services out until a copy is complete', async () => {
    await using backend = await mongoBackend(createMongoArchive, duringCopy);
    const archive = await backend.open();
    await archive.beginCopy('origin');
    await using service = openMongo({ url: mongoUrl, database: backend.database });
    await expect(service.check()).rejects.toMatchObject({ code: 'part_unavailable' });
    await archive.endCopy([]);
    await expect.poll(() => service.check().then(() => 'usable', String)).toBe('usable');
  });

  it('leaves out keys and log-ins of users that were deleted, and adds up what several services used', async () => {
    await using backend = await mongoBackend((connection) => connection);
    const connection = await backend.open();
    const archive = createMongoArchive(connection);
    await fillArchive(archive);
    const [first] = sampleRecords().usage;
    for (const _ of [1, 2]) await createMongoUsageStore(await backend.open()).add([first!]);
    expect((await readAll(archive, 'usage'))[0]).toEqual({
      ...first,
      requests: 3,
      promptTokens: 60,
      cachedTokens: 9,
      completionTokens: 12,
    });
    const tokens = createMongoRefreshTokenStore(connection);
    const [used, unused] = sampleRecords()['refresh-tokens'];
    const successor = { ...unused!, hash: '0c' };
    expect(await tokens.rotate('0b', successor, new Date(5))).toBe(true);
    expect(await readAll(archive, 'refresh-tokens')).toEqual([used, { ...unused, usedAt: new Date(5) }, successor]);
    // As a crash would leave it: the user is gone, and a key of the user not yet.
    await connection.run((database) => database.collection('users').deleteOne({ username: 'Ana' }));
    expect((await readAll(archive, 'api-keys')).map(({ id }) => id)).toEqual(['00ab']);
    expect(await readAll(archive, 'refresh-tokens')).toEqual([]);
    expect(await createMongoApiKeyStore(connection).find('00ab')).toBeDefined();
    expect(await createMongoUserStore(connection).findByUsername('BIA')).toMatchObject({ id: 'usr_2' });
  });
});
