import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import {
  answerSchema,
  auditEntrySchema,
  documentSchema,
  insightReportSchema,
  readinessSchema,
} from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorPassword } from '../support/api.ts';
import { freePort } from '../support/free-port.ts';
import { runCommandLine, type CommandLineResult } from '../support/run-command-line.ts';
import { spawnService, type SpawnedService } from '../support/spawn-service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: SpawnedService;

beforeAll(async () => {
  folder = await temporaryFolder();
  service = await spawnService({ DATA_DIR: folder.file('data'), ADMIN_PASSWORD: administratorPassword });
  await mkdir(folder.file('papers/deep'), { recursive: true });
  await writeFile(folder.file('papers/pool.md'), 'The pool closes at 10 pm.');
  await writeFile(folder.file('papers/deep/gym.txt'), 'The gym opens at 6 am.');
  await writeFile(folder.file('papers/broken.pdf'), '%PDF-1.7 and nothing else');
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

function billumy(words: readonly string[], input = ''): Promise<CommandLineResult> {
  const environment = { XDG_CONFIG_HOME: folder.file('config'), BILLUMY_SERVICE: service.url };
  return runCommandLine(words, { environment, input });
}

describe('billumy', () => {
  it('asks to sign in when nobody has', async () => {
    const result = await billumy(['documents']);
    expect(result.code).toBe(3);
    expect(result.errors).toContain('Sign in with: billumy login');
  });

  it('signs in and keeps the access where only its owner can read it', async () => {
    const wrong = await billumy(['login', '--username', 'admin'], 'a wrong password\n');
    expect(wrong.code).toBe(3);
    const right = await billumy(['login', '--username', 'admin'], `${administratorPassword}\n`);
    expect(right.code).toBe(0);
    const kept = folder.file('config/billumy/credentials.json');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(await readFile(kept, 'utf8')).not.toContain(administratorPassword);
  });

  it('ingests a folder, names the file that could not be read, and lists the others', async () => {
    const result = await billumy(['ingest', folder.file('papers'), '--collection', 'house', '--json']);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.output)).toMatchObject({
      files: 3,
      ready: 2,
      failures: [{ file: 'broken.pdf', code: 'document_broken' }],
    });
    const listed = await billumy(['documents', 'list', '--collection', 'house', '--json']);
    const documents = listed.output
      .trim()
      .split('\n')
      .map((line) => documentSchema.parse(JSON.parse(line)));
    const ready = documents.filter((document) => document.status === 'ready').map((document) => document.file_name);
    expect(new Set(ready)).toEqual(new Set(['gym.txt', 'pool.md']));
  });

  it('tells what is noteworthy in a table, and verifies it', async () => {
    const sales = Array.from(
      { length: 60 },
      (_, index) => `${index % 4 === 0 ? 'North' : 'South'},${100.5 + (index % 7)}`,
    );
    await writeFile(folder.file('sales 2026.csv'), ['region,revenue', ...sales].join('\n'));
    const json = await billumy(['insights', folder.file('sales 2026.csv'), '--language', 'en', '--json']);
    expect(json.code).toBe(0);
    const report = insightReportSchema.parse(JSON.parse(json.output));
    expect(report.dataset.tables).toMatchObject([{ name: 'sales_2026', rows: 60 }]);
    expect(report.insights.length).toBeGreaterThan(0);
    const shown = await billumy([
      'insights',
      folder.file('sales 2026.csv'),
      '--language',
      'en',
      '--question',
      'What stands out?',
    ]);
    expect(shown.output).toContain(`1. ${report.insights[0]?.headline}`);
    const verified = await billumy(['insights', '--verify', report.id]);
    expect([verified.code, verified.output]).toEqual([
      0,
      expect.stringMatching(/^Verified: \d+ queries and \d+ numbers/),
    ]);
    expect((await billumy(['insights'])).code).toBe(2);
  });

  it('answers with sources for people, as JSON for programs, and says by its code when nothing answers', async () => {
    const asked = await billumy(['ask', 'When', 'does', 'the', 'pool', 'close?']);
    expect(asked.code).toBe(0);
    expect(asked.output).toContain('[1] pool: "The pool closes at 10 pm."');
    const json = await billumy(['ask', '--json', '--collection', 'house', 'When does the gym open?']);
    expect(answerSchema.parse(JSON.parse(json.output)).citations[0]?.quote).toBe('The gym opens at 6 am.');
    const unanswered = await billumy(['ask', 'What is the recipe for feijoada?']);
    expect(unanswered.code).toBe(5);
  });

  it('shows and deletes a document', async () => {
    const listed = await billumy(['documents', '--json']);
    const gym = listed.output
      .trim()
      .split('\n')
      .map((line) => documentSchema.parse(JSON.parse(line)))
      .find((each) => each.title === 'gym');
    const shown = await billumy(['documents', 'show', gym?.id ?? '']);
    expect(shown.output).toContain('The gym opens at 6 am.');
    expect((await billumy(['documents', 'delete', gym?.id ?? ''])).code).toBe(0);
    const gone = await billumy(['documents', 'show', gym?.id ?? '']);
    expect(gone.code).toBe(1);
    expect(gone.errors).toContain('not_found');
  });

  it('trains with files of examples only, and says what is wrong with them', async () => {
    expect((await billumy(['train', folder.file('papers/pool.md')])).code).toBe(2);
    await writeFile(folder.file('facts.jsonl'), '{"question":"q"}\n');
    const wrong = await billumy(['train', folder.file('facts.jsonl'), folder.file('papers/pool.md'), '--base', 'nano']);
    expect(wrong.code).toBe(1);
    expect(wrong.errors).toContain('line 1.answer');
    const none = await billumy(['versions', '--language', 'pt']);
    expect(none).toMatchObject({ code: 0, output: '', errors: 'Nada foi treinado ainda.\n' });
    const nothing = await billumy(['rollback', '--base', 'nano']);
    expect(nothing.code).toBe(1);
    expect(nothing.errors).toContain('conflict');
  });

  it('tells who did what, to people and to programs', async () => {
    const told = await billumy(['audit', '--action', 'document.delete', '--language', 'pt']);
    expect(told.code).toBe(0);
    expect(told.output).toMatch(/^\S+  admin +document\.delete +feito +doc_\w+  127\.0\.0\.1\n$/);
    const logins = await billumy(['audit', '--action', 'session.login', '--limit', '2', '--json']);
    const outcomes = logins.output
      .trim()
      .split('\n')
      .map((line) => auditEntrySchema.parse(JSON.parse(line)).outcome);
    expect(outcomes).toEqual(['ok', 'refused']);
    expect((await billumy(['audit', '--since', '2999-01-01'])).errors).toBe('Nothing was noted.\n');
    expect((await billumy(['audit', '--action', 'everything'])).code).toBe(2);
  });

  it('reports the state of the service and of the machine', async () => {
    const status = await billumy(['status', '--json']);
    expect(status.code).toBe(0);
    expect(readinessSchema.parse(JSON.parse(status.output)).parts['storage']?.status).toBe('ok');
    const environment = { DATA_DIR: folder.file('elsewhere'), BILLUMY_SERVICE: service.url };
    const doctor = await runCommandLine(['doctor', '--json'], { environment });
    expect(doctor.code).toBe(0);
    expect(JSON.parse(doctor.output)).toContainEqual({
      check: 'Service',
      state: 'ok',
      detail: `answers at ${service.url}`,
    });
  });

  it('looks for the service of this machine where its settings, or else the login, say that it is', async () => {
    const { port } = new URL(service.url);
    const settings = { DATA_DIR: folder.file('elsewhere') };
    const examine = async (environment: Readonly<Record<string, string>>, words: readonly string[] = []) =>
      (await runCommandLine(['doctor', ...words], { environment: { ...settings, ...environment } })).output;
    expect(await examine({ PORT: port })).toContain(`ok  Service: answers at ${service.url}\n`);
    expect(await examine({ PORT: port, HOST: '0.0.0.0' })).toContain(`answers at http://127.0.0.1:${port}\n`);
    expect(await examine({ XDG_CONFIG_HOME: folder.file('config') })).toContain(`answers at ${service.url}\n`);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    expect(await examine({ PORT: port }, ['--url', nobody])).toContain(`not running: nothing answers at ${nobody};`);
    expect(await examine({ PORT: 'x' })).toContain(' X  Settings: PORT: ');
  });

  it('finds that a folder cannot keep data by trying', async () => {
    await writeFile(folder.file('a-file'), '');
    const doctor = await runCommandLine(['doctor'], { environment: { DATA_DIR: folder.file('a-file/data') } });
    expect(doctor.code).toBe(1);
    expect(doctor.output).toContain('a-file/data cannot be written: choose another by DATA_DIR\n');
  });

  it.each([
    ['an unknown command', ['fly'], 2],
    ['an unknown option', ['ask', '--fly', 'x'], 2],
    ['a question that is missing', ['ask'], 2],
    ['a service that is not there', ['status', '--url', 'http://127.0.0.1:1'], 4],
    ['help', ['help'], 0],
  ])('ends with the right code for %s', async (_what, words, code) => {
    expect((await billumy(words)).code).toBe(code);
  });
});
