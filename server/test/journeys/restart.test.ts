import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnFailingService, spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const login = (url: string, password: string): Promise<Response> =>
  fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password }),
  });

describe('the built program', { timeout: 120_000 }, () => {
  it('starts on an empty folder, shows the password once, stops on SIGTERM, and starts again', async () => {
    await using folder = await temporaryFolder();
    const settings = { DATA_DIR: folder.file('data') };
    await using first = await spawnService(settings);
    await expect.poll(first.output).toMatch(/Password, shown this once: \S+\n/);
    const password = /shown this once: (\S+)/.exec(first.output())?.[1] ?? '';
    expect((await login(first.url, password)).status).toBe(200);
    expect((await login(first.url, 'a wrong password')).status).toBe(401);
    const ready = await fetch(`${first.url}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ parts: { storage: { status: 'ok' } } });
    expect(await first.stop('SIGTERM')).toEqual({ code: 0, signal: null });

    await using second = await spawnService(settings);
    expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
    expect((await login(second.url, password)).status).toBe(200);
    expect(second.output()).not.toContain('Password');
    expect(first.errors() + second.errors()).not.toContain(password);
    expect(await second.stop('SIGINT')).toEqual({ code: 0, signal: null });
  });

  it('starts again after it was killed', async () => {
    await using folder = await temporaryFolder();
    const settings = { DATA_DIR: folder.path, ADMIN_PASSWORD: 'correct horse battery staple' };
    await using first = await spawnService(settings);
    expect(await first.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    await using second = await spawnService(settings);
    expect((await login(second.url, settings.ADMIN_PASSWORD)).status).toBe(200);
  });

  it('refuses an address that others reach while nobody administers it', async () => {
    await using folder = await temporaryFolder();
    const refused = await spawnFailingService({ DATA_DIR: folder.path, HOST: '0.0.0.0' });
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('HOST: other machines reach this address');
    await using service = await spawnService({
      DATA_DIR: folder.path,
      HOST: '0.0.0.0',
      ADMIN_PASSWORD: 'correct horse battery staple',
    });
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
  });

  it('names settings that are wrong', async () => {
    await using folder = await temporaryFolder();
    const wrong = await spawnFailingService({ DATA_DIR: folder.path, LOG_LEVEL: 'loud-secret' });
    expect(wrong.code).toBe(1);
    expect(wrong.errors).toContain('LOG_LEVEL: ');
    expect(wrong.errors).not.toContain('loud-secret');
  });
});

describe('the built program, while it runs', { timeout: 120_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: SpawnedService;
  beforeAll(async () => {
    folder = await temporaryFolder();
    service = await spawnService({ DATA_DIR: folder.file('one') });
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('keeps its folder from another one', async () => {
    expect(await spawnFailingService({ DATA_DIR: folder.file('one') })).toEqual({
      code: 1,
      errors: 'Another service is using the folder of DATA_DIR; stop it, or choose another folder.\n',
    });
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
  });

  it('keeps its port from another one', async () => {
    const second = await spawnFailingService({ DATA_DIR: folder.file('two'), PORT: new URL(service.url).port });
    expect(second).toEqual({
      code: 1,
      errors: `Something else listens on port ${new URL(service.url).port} already: choose another one with PORT.\n`,
    });
  });

  it('stops although a client never finishes its request', async () => {
    const { port, hostname } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(
      'POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await fetch(`${service.url}/health`);
    expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
