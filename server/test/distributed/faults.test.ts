import { ask, uploadFiles, type Connection, type Readiness } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { asAdministrator } from '../support/api.ts';
import { openFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { newInstallation, serversMissing, type Installation } from '../support/replicas.ts';

const garage = new File(['A garagem do prédio abre às 6h30.'], 'garagem.txt', { type: 'text/plain' });
const recoveryMs = 5_000;
/** Longer than any call to a part may take. */
const patienceMs = 20_000;

/** A server that is asked through a proxy, and how the service calls it in its readiness. */
const parts = [
  { name: 'MongoDB', setting: 'MONGO_URL', part: 'storage', isNeeded: true },
  { name: 'OpenSearch', setting: 'OPENSEARCH_URL', part: 'search', isNeeded: true },
  { name: 'Redis', setting: 'REDIS_URL', part: 'cache', isNeeded: false },
] as const;

const faults: { fault: string; begin: (proxy: FaultProxy) => unknown; end: (proxy: FaultProxy) => unknown }[] = [
  { fault: 'is gone', begin: (proxy) => proxy.down(), end: (proxy) => proxy.up() },
  { fault: 'never answers', begin: (proxy) => proxy.blackhole(true), end: (proxy) => proxy.blackhole(false) },
  { fault: 'answers after ten seconds', begin: (proxy) => proxy.delay(10_000), end: (proxy) => proxy.delay(0) },
];

/** The settings with the address of a proxy instead of that of the server. */
async function behindProxy(
  settings: Readonly<Record<string, string>>,
  setting: string,
): Promise<{ proxy: FaultProxy; change: Record<string, string> }> {
  const url = new URL(settings[setting]!);
  const proxy = await openFaultProxy({ target: { host: url.hostname, port: Number(url.port) } });
  [url.hostname, url.port] = ['127.0.0.1', String(proxy.port)];
  if (setting === 'MONGO_URL') url.searchParams.set('directConnection', 'true');
  return { proxy, change: { [setting]: url.href } };
}

async function openBehindProxies({
  settings,
}: Installation): Promise<{ proxies: Record<string, FaultProxy>; change: Record<string, string> }> {
  const proxies: Record<string, FaultProxy> = {};
  let changes: Record<string, string> = {};
  for (const { name, setting } of parts) {
    const { proxy, change } = await behindProxy(settings, setting);
    proxies[name] = proxy;
    changes = { ...changes, ...change };
  }
  return { proxies, change: changes };
}

async function readinessOf(url: string): Promise<Readiness> {
  return (await (await fetch(`${url}/health/ready`)).json()) as Readiness;
}

let asked = 0;

/** A question that no cache knows: `6h30`, or the code of the error. */
async function answerOf(connection: Connection): Promise<string> {
  const question = `A que horas abre a garagem? ${'?'.repeat((asked += 1))}`;
  try {
    const { citations } = await ask(connection, { question });
    return citations.some(({ quote }) => quote.includes('6h30')) ? '6h30' : 'another answer';
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code ?? String(error);
  }
}

const where = serversMissing === undefined ? '' : ` (${serversMissing})`;

describe.skipIf(serversMissing)(`a service whose servers fail${where}`, () => {
  it('says which and why, answers or refuses, and goes on within five seconds', { timeout: 600_000 }, async () => {
    await using installation = await newInstallation();
    const { proxies, change } = await openBehindProxies(installation);
    const service = await installation.start(change);
    const connection = await asAdministrator(service.url);
    await uploadFiles(connection, { files: [garage], waitSeconds: 60 });
    expect(await answerOf(connection)).toBe('6h30');

    for (const { name, part, isNeeded } of parts) {
      for (const { fault, begin, end } of faults) {
        const what = `${name} ${fault}`;
        await begin(proxies[name]!);
        const expected = isNeeded ? 'part_unavailable' : '6h30';
        await expect.poll(() => answerOf(connection), { timeout: patienceMs, message: what }).toBe(expected);
        await expect
          .poll(async () => (await readinessOf(service.url)).parts[part], { timeout: patienceMs, message: what })
          .toMatchObject({
            status: isNeeded ? 'down' : 'degraded',
            why: expect.stringMatching(`${name}|did not answer`) as string,
          });
        expect((await fetch(`${service.url}/health`)).status, what).toBe(200);
        await end(proxies[name]!);
        await expect.poll(() => answerOf(connection), { timeout: recoveryMs, message: `after ${what}` }).toBe('6h30');
        await expect
          .poll(async () => (await readinessOf(service.url)).parts[part]?.status, {
            timeout: recoveryMs,
            message: what,
          })
          .toBe('ok');
      }
    }
    expect(service.process.exitCode).toBeNull();
    for (const proxy of Object.values(proxies)) {
      expect(proxy.stats.faults).toBeGreaterThan(0);
      await proxy[Symbol.asyncDispose]();
    }
  });

  it(
    'starts while none of them is there, and works within five seconds after they are',
    { timeout: 120_000 },
    async () => {
      await using installation = await newInstallation();
      const { proxies, change } = await openBehindProxies(installation);
      for (const proxy of Object.values(proxies)) await proxy.down();
      const service = await installation.start(change);
      const readiness = await readinessOf(service.url);
      expect(readiness.status).toBe('down');
      for (const { name, part } of parts) expect(readiness.parts[part]?.why).toContain(name);
      await expect(asAdministrator(service.url)).rejects.toMatchObject({ problem: { code: 'part_unavailable' } });

      for (const proxy of Object.values(proxies)) await proxy.up();
      await expect
        .poll(async () => (await readinessOf(service.url)).parts['storage']?.status, { timeout: recoveryMs })
        .toBe('ok');
      const connection = await expect
        .poll(() => asAdministrator(service.url), { timeout: recoveryMs })
        .toBeDefined()
        .then(() => asAdministrator(service.url));
      await uploadFiles(connection, { files: [garage], waitSeconds: 60 });
      expect(await answerOf(connection)).toBe('6h30');
      for (const proxy of Object.values(proxies)) await proxy[Symbol.asyncDispose]();
    },
  );
});
