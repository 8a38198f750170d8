import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/config.ts';
import { deployPath, readComposeFile, readDeployFile } from '../support/compose-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { services, networks, volumes } = readComposeFile();
const everyService = Object.entries(services);
const example = readDeployFile('.env.example');
const needed = Object.keys(parseEnv(example.slice(0, example.indexOf('# --- May be left out'))));
/** Commented ones too. */
const explained = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name);
/** With its comments, which speak of variables too, taken out. */
const composeText = readDeployFile('compose.yaml').replaceAll(/^\s*#.*$/gm, '');
const variables = [...composeText.matchAll(/(?<!\$)\$\{([A-Z_]+)(:\?)?/g)].map(([, name, required]) => ({
  name,
  required: required !== undefined,
}));

describe('deploy/compose.yaml', () => {
  it('takes the variables that .env.example explains, and no other', () => {
    expect(new Set(variables.map(({ name }) => name))).toEqual(new Set(explained));
    const required = variables.filter((variable) => variable.required).map(({ name }) => name);
    expect(new Set(required)).toEqual(new Set(needed));
  });

  it('gives the service settings that exist', () => {
    const names = Object.keys(services['billumy']!.environment!);
    expect(names.filter((name) => !(name in configSchema.shape))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['MONGO_URL', 'REDIS_URL', 'OPENSEARCH_URL', 'BILLUMY_URL']));
  });

  it('fills in every name of the template of nginx', () => {
    const names = [...readDeployFile('nginx/nginx.conf.template').matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
    const listen = readDeployFile('nginx/16-listen.envsh');
    const given = [
      ...Object.keys(services['nginx']!.environment!),
      ...[...listen.matchAll(/export (\w+)/g)].map(([, name]) => name!),
    ];
    expect(names.filter((name) => !given.includes(name))).toEqual([]);
  });

  it.each(everyService)('%s is of one version, is looked after and has limits', (_name, service) => {
    expect(service.build !== undefined || /:v?\d+\.\d+\.\d+/.test(service.image)).toBe(true);
    expect(service.healthcheck ?? service.build).toBeDefined();
    expect(service.deploy.resources.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
  });

  it.each(everyService)('%s may do no more than it must', (name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    // The image of OpenSearch writes its security settings beside its programs.
    expect(service.read_only ?? false).toBe(name !== 'opensearch');
  });

  it('is reached by others through nginx alone', () => {
    const open = everyService.filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.0.0.1:')));
    expect(open.map(([name]) => name)).toEqual(['nginx']);
    expect(services['nginx']!.ports).toEqual(['${PUBLIC_PORT:-8011}:8011']);
  });

  it('keeps stores, engine and trainer away from nginx, and stores and trainer from the world', () => {
    const besides = (name: string): string[] =>
      everyService
        .filter(
          ([other, service]) =>
            other !== name && service.networks.some((each) => services[name]!.networks.includes(each)),
        )
        .map(([other]) => other);
    expect(besides('nginx')).toEqual(['billumy']);
    expect(besides('engine')).toEqual(['billumy']);
    expect(besides('trainer')).toEqual(['billumy']);
    expect(networks['trainer']).toEqual({ internal: true });
    for (const store of ['mongodb', 'redis', 'opensearch']) expect(services[store]!.networks).toEqual(['stores']);
    expect(networks['stores']).toEqual({ internal: true });
  });

  it.each(everyService)('%s waits for what it needs, and mounts what is there', (_name, service) => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(Object.keys(services)).toContain(other);
      expect(condition).toBe('service_healthy');
    }
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      expect(source.startsWith('./') ? existsSync(deployPath(source)) : source in volumes, volume).toBe(true);
    }
  });

  it('serves HTTPS when there are certificates, HTTP when there are none', async () => {
    await using folder = await temporaryFolder();
    const script = readDeployFile('nginx/16-listen.envsh').replace('/etc/nginx/certs', folder.path);
    const listen = (): string =>
      execFileSync('sh', ['-c', `${script}\necho "$NGINX_LISTEN|$NGINX_CERTIFICATES"`], { encoding: 'utf8' });
    expect(listen()).toBe('8011|\n');
    for (const name of ['fullchain.pem', 'privkey.pem']) writeFileSync(folder.file(name), '');
    expect(listen()).toBe(
      `8011 ssl|ssl_certificate ${folder.path}/fullchain.pem; ssl_certificate_key ${folder.path}/privkey.pem;\n`,
    );
  });
});

/** A program that reads a compose file and prints it: compose-go, or `docker compose`. */
const composeParser = process.env['COMPOSE_PARSER'] ?? '';

describe.skipIf(composeParser === '')('compose itself (set COMPOSE_PARSER to compose-go to run it)', () => {
  /** As in a clone: `docker compose` in the project's folder, secrets in deploy/.env. */
  async function parseWith(lines: readonly string[]): Promise<string> {
    await using folder = await temporaryFolder();
    cpSync(dirname(deployPath('compose.yaml')), folder.file('deploy'), { recursive: true });
    copyFileSync(deployPath('../compose.yaml'), folder.file('compose.yaml'));
    writeFileSync(join(folder.path, 'deploy/.env'), lines.join('\n'));
    mkdirSync(folder.file('models'));
    return execFileSync(composeParser, ['compose.yaml'], {
      cwd: folder.path,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { PATH: process.env['PATH'] },
    });
  }

  const secrets = needed.map((name) => `${name}=secret-${name}`);

  it('reads the file', async () => {
    const read = await parseWith(secrets);
    expect(read).toContain('mongodb://billumy:secret-MONGO_PASSWORD@mongodb:27017/billumy?replicaSet=rs0');
    expect(read).toContain('redis://:secret-REDIS_PASSWORD@redis:6379');
  });

  it.each(needed)('says what to do when %s is missing', async (name) => {
    const without = secrets.filter((line) => !line.startsWith(`${name}=`));
    await expect(parseWith(without)).rejects.toThrow('in deploy/.env');
  });
});
