import { describe, expect, it } from 'vitest';
import { openRedisConnection } from '../../src/services/redis/redis-connection.ts';
import { eventually } from '../support/eventually.ts';
import { redisUrl } from '../support/redis.ts';
import { openScriptedRedis } from '../support/scripted-redis.ts';
import { shownHealth } from '../support/shown-health.ts';
import { hasRedisServer, startRedis } from '../support/start-redis.ts';

async function checkOf(url: string) {
  await using connection = openRedisConnection({ url, prefix: 'billumy_test_health:', answerMs: 20_000 });
  return shownHealth(await connection.check());
}

const degraded = (why: RegExp) => ({ status: 'degraded', why: expect.stringMatching(why) as string });

describe('health of Redis', () => {
  it('says that it cannot be reached, at once and without the address', async () => {
    const health = await checkOf('redis://ana:geheim@127.0.0.1:1');
    expect(health).toEqual(degraded(/^Redis cannot be reached \(ECONNREFUSED\): check that it runs/));
    expect(health.why).not.toMatch(/geheim|127\.0\.0\.1/);
  });

  it('says so of an address that speaks something else', async () => {
    await using server = await openScriptedRedis(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await checkOf(server.url)).toEqual(degraded(/^Redis does not answer: check that it runs/));
  });

  it('says that it is loading, and uses it when it has', async () => {
    let loading = true;
    await using server = await openScriptedRedis((command) => {
      if (command === 'hello') return '%0\r\n';
      if (loading && command !== 'client') return '-LOADING Redis is loading the dataset in memory\r\n';
      return '+OK\r\n';
    });
    await using connection = openRedisConnection({ url: server.url });
    expect(shownHealth(await connection.check())).toEqual(degraded(/loading its data/));
    loading = false;
    await eventually(async () => expect(shownHealth(await connection.check())).toEqual({ status: 'ok', why: null }));
  });

  it.each([
    ['6.0.16', degraded(/too old/)],
    ['5.9.9', degraded(/too old/)],
    ['6.2.0', { status: 'ok', why: null }],
    ['10.0.0', { status: 'ok', why: null }],
  ])('says whether version %s is too old', async (version, expected) => {
    const info = `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\n`;
    await using server = await openScriptedRedis((command) => {
      if (command === 'hello') return '%0\r\n';
      return command === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n';
    });
    expect(await checkOf(server.url)).toEqual(expected);
  });
});

describe.skipIf(redisUrl === '')('a real Redis (set BILLUMY_TEST_REDIS_URL to the address of one to run it)', () => {
  it('is well', async () => {
    expect((await checkOf(redisUrl)).status).toBe('ok');
  });
});

describe.skipIf(redisUrl === '' || !hasRedisServer)(
  'other Redis servers (set BILLUMY_TEST_REDIS_URL, and install redis-server, to run them)',
  () => {
    it('says that a password is wrong, or missing', async () => {
      await using server = await startRedis('--requirepass', 'geheim');
      const { port } = server;
      expect(await checkOf(`redis://:falsch@127.0.0.1:${port}`)).toEqual(
        degraded(/refuses the user name or the password/),
      );
      expect(await checkOf(server.url)).toEqual(degraded(/asks for a password/));
      expect(await checkOf(`redis://:geheim@127.0.0.1:${port}`)).toEqual({ status: 'ok', why: null });
    });

    it('says that it is a read-only replica', async () => {
      await using primary = await startRedis();
      await using replica = await startRedis('--replicaof', `127.0.0.1 ${primary.port}`);
      expect(await checkOf(replica.url)).toEqual(degraded(/read-only replica/));
    });

    it('says that it is out of memory', async () => {
      await using server = await startRedis('--maxmemory', '1', '--maxmemory-policy', 'noeviction');
      expect(await checkOf(server.url)).toEqual(degraded(/out of memory/));
    });

    it('says that it forgets by itself', async () => {
      await using server = await startRedis('--maxmemory-policy', 'allkeys-lru');
      expect(await checkOf(server.url)).toEqual(degraded(/set its `maxmemory-policy` to `noeviction`/));
    });

    it.each([
      ['write its keys', ['~other:*', '&*', '+@all']],
      ['publish in its channels', ['~*', '+@all', 'resetchannels']],
      ['run scripts', ['~*', '&*', '+@all', '-@scripting']],
    ])('says that its user may not %s', async (_, rights) => {
      await using server = await startRedis('--user', 'ana', 'on', '>geheim', ...rights);
      expect(await checkOf(`redis://ana:geheim@127.0.0.1:${server.port}`)).toEqual(degraded(/does not permit/));
    });
  },
);
