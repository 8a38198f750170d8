import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('settings', () => {
  it('have defaults, and cannot be changed once read', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8000, OFFLINE: false, ADMIN_PASSWORD: null });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('are read in their own forms', () => {
    expect(parseConfig({ PORT: '0', OFFLINE: '1', ENGINE_THREADS: '3', RERANK_MODEL: '' })).toMatchObject({
      PORT: 0,
      OFFLINE: true,
      ENGINE_THREADS: 3,
      RERANK_MODEL: null,
    });
  });

  it('take addresses of engines, each once', () => {
    const two = parseConfig({ BILLUMY_URL: ' http://one:11434, https://ana:x@two/api/v1,http://one:11434/ ' });
    expect(two.BILLUMY_URL).toEqual(['http://one:11434/', 'https://ana:x@two/api/v1']);
    const wrong = ['one:11434', 'ftp://one', 'http://one?key=secret', 'http://one#secret', ',', 'http://one,secret'];
    for (const BILLUMY_URL of wrong) {
      expect(() => parseConfig({ BILLUMY_URL }), BILLUMY_URL).toThrow(
        /^(?!.*secret).*BILLUMY_URL: expected addresses/s,
      );
    }
    expect(() => parseConfig({ ENGINE_API_KEY: 'with space' })).toThrow('ENGINE_API_KEY');
  });

  it('take proxies in capitals before small letters', () => {
    const given = { https_proxy: 'http://small:1', HTTP_PROXY: 'http://capital:1', http_proxy: 'http://small:1' };
    expect(parseConfig(given)).toMatchObject({ HTTPS_PROXY: 'http://small:1', HTTP_PROXY: 'http://capital:1' });
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '1.5'],
    ['OFFLINE', 'perhaps'],
    ['MODEL_URL', 'ftp://models'],
    ['HTTPS_PROXY', 'proxy:3128'],
    ['BILLUMY_TOKEN', 'too-short'],
    ['LOG_LEVEL', 'loud'],
    ['ENGINE_THREADS', '0'],
  ])('name %s when it is wrong, and never show its value "%s"', (name, value) => {
    const parse = (): unknown => parseConfig({ [name]: value });
    expect(parse).toThrow(`${name}: `);
    expect(parse).toThrow(`docs/config.md#${name.toLowerCase()}`);
    expect(parse).not.toThrow(value);
  });
});

describe('the .env file', () => {
  it('gives settings that the environment overrides', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('.env'), '# a comment\nPORT=9000\nHOST="127.0.0.2"\nhttps_proxy=http://proxy:1\n');
    const config = loadConfig({ environment: { PORT: '9001', UNRELATED: 'x' }, folder: folder.path });
    expect(config).toMatchObject({ PORT: 9001, HOST: '127.0.0.2', HTTPS_PROXY: 'http://proxy:1' });
  });

  it('may be absent', async () => {
    await using folder = await temporaryFolder();
    expect(loadConfig({ environment: {}, folder: folder.path })).toMatchObject({ PORT: 8000 });
  });

  it('is refused with a name that is no setting, and the one that was meant', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('.env'), 'ADMIN_PASWORD=secret-value\nCOLOUR=blue\n');
    const load = (): unknown => loadConfig({ environment: {}, folder: folder.path });
    expect(load).toThrow('.env: ADMIN_PASWORD: no setting has that name; did you mean ADMIN_PASSWORD?');
    expect(load).toThrow(/COLOUR: no setting has that name$/m);
    expect(load).not.toThrow('secret-value');
  });
});
