import {
  ask,
  connect,
  createApiKey,
  getJob,
  jobEventSchemas,
  jobSchema,
  listDocuments,
  uploadFiles,
  type Connection,
} from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { asAdministrator } from '../api.ts';
import { makePdf, pdfLines } from '../files/make-pdf.ts';
import type { StartService } from './start-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Texts that differ in one number each, so that a wrong one would be noticed. */
function makeFiles(count: number): File[] {
  return Array.from({ length: count }, (_, index) => {
    const text = `# Filial ${index}\n\nA filial número ${index} fica na sala ${1000 + index}.\n`;
    return new File([text.repeat(20)], `filial-${index}.md`);
  });
}

async function allDocuments(connection: Connection) {
  const documents = [];
  for (let after: string | undefined, more = true; more;) {
    const page = await listDocuments(connection, { collection: 'filiais', after });
    documents.push(...page.items);
    after = page.next ?? undefined;
    more = after !== undefined;
  }
  return documents;
}

/** What becomes of documents, whatever happens to the service; `start` begins it anew on what a folder stands for. */
export function documentJourneys(what: string, start: StartService): void {
  describe(`documents of ${what}`, { timeout: 180_000 }, () => {
    it('are all there after the service was killed while it read them', async () => {
      await using folder = await temporaryFolder();
      const accepted = new Set<string>();
      const jobs: string[] = [];
      const files = makeFiles(120);
      for (const round of [0, 1, 2]) {
        await using service = await start(folder.path);
        const connection = await asAdministrator(service.url);
        const batch = files.slice(round * 40, round * 40 + 40);
        const added = await uploadFiles(connection, { files: batch, collection: 'filiais', waitSeconds: 0 });
        for (const document of added.documents) accepted.add(document.id);
        if (added.job !== null) jobs.push(added.job.id);
        // Once while nothing was read yet, once in the middle, once near the end.
        await expect
          .poll(async () => (await getJob(connection, jobs.at(-1) ?? '')).progress.done, {
            timeout: 15_000,
            interval: 5,
          })
          .toBeGreaterThanOrEqual(round * 15);
        await service.stop('SIGKILL');
      }
      expect(accepted.size).toBe(120);

      await using service = await start(folder.path);
      const connection = await asAdministrator(service.url);
      for (const id of jobs) {
        await expect.poll(async () => (await getJob(connection, id)).status).toBe('succeeded');
      }
      const documents = await allDocuments(connection);
      expect(new Set(documents.map((document) => document.id))).toEqual(accepted);
      expect(documents.filter((document) => document.status !== 'ready' || document.passages === 0)).toEqual([]);
      for (const index of [0, 39, 40, 77, 119]) {
        const reply = await connection.json('/search', {
          method: 'POST',
          body: { query: `Em que sala fica a filial número ${index}?`, collections: ['filiais'], limit: 1 },
        });
        expect(JSON.stringify(reply)).toContain(`fica na sala ${1000 + index}.`);
      }
    }, 180_000);

    it('become knowledge by /training/train, with events, and are quoted by the next answer', async () => {
      await using folder = await temporaryFolder();
      await using service = await start(folder.path);
      const connection = await asAdministrator(service.url);
      const job = jobSchema.parse(
        await connection.json('/training/train', {
          method: 'POST',
          headers: { prefer: 'respond-async' },
          body: { collection: 'regras', documents: [{ title: 'Piscina', text: 'A piscina fecha às 22 horas.' }] },
        }),
      );
      const events = [];
      for await (const { event, data } of connection.events(`/training/jobs/${job.id}/events`)) {
        if (event === 'finish') events.push(jobEventSchemas.finish.parse(JSON.parse(data)));
      }
      expect(events).toMatchObject([{ id: job.id, status: 'succeeded', result: { ready: 1, failed: 0 } }]);
      const answer = await ask(connection, { question: 'A que horas fecha a piscina?', collections: ['regras'] });
      expect(answer).toMatchObject({ answered: true, citations: [{ quote: 'A piscina fecha às 22 horas.' }] });
    });

    it('are quoted with the page of the quote, though its passage began on the page before', async () => {
      await using folder = await temporaryFolder();
      await using service = await start(folder.path);
      const connection = await asAdministrator(service.url);
      const pdf = makePdf([
        pdfLines(['A piscina fecha às 22 horas.', 'O elevador fica em frente à portaria.']),
        pdfLines(['O estacionamento custa 15 reais por dia.']),
      ]);
      const files = [new File([new Uint8Array(pdf)], 'predio.pdf')];
      await uploadFiles(connection, { files, collection: 'predio', waitSeconds: 60 });
      const question = 'Quanto custa o estacionamento por dia?';
      const { citations } = await ask(connection, { question, collections: ['predio'] });
      expect(citations).toMatchObject([{ page: 2, quote: 'O estacionamento custa 15 reais por dia.' }]);
      const first = await ask(connection, { question: 'A que horas fecha a piscina?', collections: ['predio'] });
      expect(first.citations).toMatchObject([{ page: 1, quote: 'A piscina fecha às 22 horas.' }]);
    });

    it('stay, with keys and conversations, when the service starts again', async () => {
      await using folder = await temporaryFolder();
      const question = 'A que horas abre a portaria?';
      let key = '';
      let conversation: string | null = null;
      {
        await using service = await start(folder.path);
        const connection = await asAdministrator(service.url);
        const files = [new File(['A portaria abre às 5 horas.'], 'portaria.txt')];
        await uploadFiles(connection, { files, collection: 'predio', waitSeconds: 60 });
        ({ key } = await createApiKey(connection, { name: 'painel', scopes: ['ask'], collections: ['predio'] }));
        const answer = await ask(connect({ url: service.url, token: key }), { question });
        conversation = answer.conversation_id;
        expect(await service.stop('SIGTERM')).toEqual({ code: 0, signal: null });
      }
      await using service = await start(folder.path);
      const connection = connect({ url: service.url, token: key });
      expect(await ask(connection, { question })).toMatchObject({
        answered: true,
        citations: [{ quote: 'A portaria abre às 5 horas.' }],
      });
      expect(await connection.json(`/conversations/${conversation ?? ''}`)).toMatchObject({
        title: question,
        messages: [{ role: 'user', text: question }, { role: 'assistant' }],
      });
    });
  });
}
