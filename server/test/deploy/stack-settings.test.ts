import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface SettingsModule {
  readSettings(options: { folder: string; args: readonly string[]; environment: Readonly<Record<string, string>> }): {
    port: number;
    data: string;
    ownServers: string[];
    administrator: { username: string; password: string; isGenerated: boolean };
    token: string;
  };
}

const module = new URL('../../../scripts/stack/settings.mjs', import.meta.url);
const { readSettings } = (await import(module.href)) as SettingsModule;

describe('npm run stack', () => {
  it('needs no setting at all', async () => {
    await using folder = await temporaryFolder();
    const settings = readSettings({ folder: folder.path, args: [], environment: {} });
    expect(settings).toMatchObject({
      port: 8011,
      data: folder.file('data/stack'),
      ownServers: ['opensearch', 'mongodb', 'redis'],
      administrator: { username: 'admin', isGenerated: true },
    });
    expect(settings.administrator.password.length).toBeGreaterThan(15);
    expect(settings.token.length).toBeGreaterThan(15);
  });

  it('takes arguments over the environment, and that over .env; servers that are named are not started', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(
      folder.file('.env'),
      'PORT=9000\nBILLUMY_TOKEN=from-the-file\nADMIN_PASSWORD=from-the-file\nMONGO_URL=mongodb://db/billumy\n',
    );
    const environment = { PORT: '9001', BILLUMY_TOKEN: 'from-outside' };
    expect(readSettings({ folder: folder.path, args: ['--port', '9002'], environment })).toMatchObject({
      port: 9002,
      ownServers: ['opensearch', 'redis'],
      administrator: { password: 'from-the-file', isGenerated: false },
      token: 'from-outside',
    });
    expect(readSettings({ folder: folder.path, args: [], environment }).port).toBe(9001);
  });
});
