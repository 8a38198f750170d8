import { connect, logIn, type UsageReply } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { administratorPassword, asAdministrator } from '../support/api.ts';
import { startCluster } from '../support/cluster.ts';
import { newInstallation, serversMissing } from '../support/replicas.ts';

const where = serversMissing === undefined ? '' : ` (${serversMissing})`;

describe.skipIf(serversMissing)(`two services behind nginx${where}`, { timeout: 180_000 }, () => {
  it('go on answering when one is killed, and no question is asked twice', async () => {
    await using installation = await newInstallation();
    await using cluster = await startCluster(installation);
    const login = { username: 'admin', password: administratorPassword };
    const { access_token: token } = await logIn(connect({ url: cluster.url }), login);
    const ask = async (number: number): Promise<number> => {
      const reply = await fetch(`${cluster.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'nano',
          messages: [{ role: 'user', content: `Olá ${number}` }],
          max_tokens: 4,
        }),
      });
      await reply.text();
      // Who is told nothing about when to come back is counted as neither answered nor refused.
      return reply.status === 503 && reply.headers.get('retry-after') === null ? 0 : reply.status;
    };
    const lanes = 3;
    const each = 12;
    const statuses: number[] = [];
    const lane = async (first: number): Promise<void> => {
      for (let number = first; number < first + each; number += 1) statuses.push(await ask(number));
    };
    const asking = Promise.all(Array.from({ length: lanes }, (_, index) => lane(index * each)));
    await expect.poll(() => statuses.length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(lanes * 3);
    await cluster.replicas[0]!.stop('SIGKILL');
    await asking;

    const answered = statuses.filter((status) => status === 200).length;
    const refused = statuses.filter((status) => status === 503).length;
    expect(answered + refused).toBe(lanes * each);
    // Only what the killed one was doing.
    expect(refused).toBeLessThanOrEqual(lanes);
    expect(await ask(999)).toBe(200);
    const survivor = await asAdministrator(cluster.replicas[1]!.url);
    const counted = async () => ((await survivor.json('/usage')) as UsageReply).total.requests;
    // What the killed one had not stored yet is lost; nothing is there twice.
    expect(await counted()).toBeLessThanOrEqual(answered + 1);
    const { parts } = (await connect({ url: cluster.url }).json('/health/ready')) as { parts: object };
    expect(parts).toMatchObject({ storage: { status: 'ok' }, search: { status: 'ok' } });
  });
});
