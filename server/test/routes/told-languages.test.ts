import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { told } from '../../src/errors/told.ts';
import type { Job } from '../../src/models/job.ts';
import { toJobBody } from '../../src/routes/bodies/job-bodies.ts';
import { ana } from '../support/principals.ts';
import { z } from 'zod';

const tooLong = told`The PDF has more than ${500} pages; split it.`;

const app = await buildApp({
  authenticate: async () => ana,
  routes: [
    (routes) => {
      routes.get('/fails', { config: { access: 'public' } }, async () => {
        throw new AppError('document_too_expensive', { detail: tooLong });
      });
      routes.post(
        '/things',
        {
          config: { access: 'public' },
          schema: { body: z.strictObject({ name: z.string().max(2), kind: z.enum(['a', 'b']), size: z.int().min(1) }) },
        },
        async () => ({}),
      );
    },
  ],
  logLevel: 'silent',
});
afterAll(() => app.close());

const failure = (language?: string) =>
  app.inject({ url: '/fails', headers: language === undefined ? {} : { 'accept-language': language } });

describe('a problem', () => {
  it('is told in the language that its reader asks for', async () => {
    const reply = await failure('pt-BR,pt;q=0.9,en;q=0.8');
    expect(reply.headers).toMatchObject({ 'content-language': 'pt-BR', vary: 'accept-language' });
    expect(reply.json()).toMatchObject({
      code: 'document_too_expensive',
      title: expect.not.stringContaining('Reading'),
      detail: 'O PDF tem mais de 500 páginas; divida o arquivo.',
    });
  });

  it.each([undefined, '*', 'de', 'en-GB'])('is told in English for %s', async (language) => {
    const reply = await failure(language);
    expect(reply.headers).toMatchObject({ 'content-language': 'en', vary: 'accept-language' });
    expect(reply.json()).toMatchObject({
      title: 'Reading the file took more time or memory than allowed.',
      detail: 'The PDF has more than 500 pages; split it.',
    });
  });
});

describe('what is wrong with fields', () => {
  const issuesOf = async (language: string, payload: object): Promise<unknown[]> => {
    const headers = { 'accept-language': language };
    const reply = await app.inject({ method: 'POST', url: '/things', headers, payload });
    return reply.json<{ issues: { message: string }[] }>().issues.map(({ message }) => message);
  };

  it('is told in both languages', async () => {
    const wrong = { name: 'abc', kind: 'c', size: 0, more: 1 };
    expect(await issuesOf('en', wrong)).toEqual([
      'Too big: expected string to have <=2 characters',
      'Invalid option: expected one of "a"|"b"',
      'Too small: expected number to be >=1',
      'Unrecognized key: "more"',
    ]);
    expect(await issuesOf('pt', wrong)).toEqual([
      'Grande demais: o texto deveria ter <=2 caracteres',
      'Opção inválida: deveria ser uma destas: "a"|"b"',
      'Pequeno demais: o valor (number) deveria ser >=1',
      'Campo desconhecido: "more"',
    ]);
  });

  it('says what came instead', async () => {
    const wrong = { name: 5, kind: 'a', size: 1.5 };
    expect(await issuesOf('pt', wrong)).toEqual([
      'Valor inválido: deveria ser string, e é number',
      'Valor inválido: deveria ser int, e é number',
    ]);
  });

  it('is short, whatever was sent', async () => {
    const [said] = await issuesOf('pt', { name: 'a', kind: 'a', size: 1, ['x\u{1F600}'.repeat(500)]: 1 });
    expect(said).toMatch(/^Campo desconhecido: "x/);
    expect(said).toHaveProperty(
      'length',
      expect.toSatisfy((length: number) => length <= 200),
    );
  });
});

describe('a job', () => {
  const job: Job = {
    id: 'job_1',
    kind: 'ingest',
    ownerId: 'usr_1',
    status: 'failed',
    payload: {},
    progress: { done: 1, total: 1, step: null, checkpoint: {} },
    attempts: 1,
    error: { code: 'document_too_expensive', detail: tooLong },
    result: {
      ready: 0,
      failures: [
        { document: 'doc_1', code: 'document_too_expensive', detail: tooLong },
        { document: 'doc_2', code: 'document_broken', detail: 'The file of an earlier version is torn.' },
        { document: 'doc_3', code: 'internal', detail: null },
      ],
    },
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };

  it('tells why it failed in the language of each reader', () => {
    expect(toJobBody(job, 'en').error?.detail).toBe('The PDF has more than 500 pages; split it.');
    expect(toJobBody(job, 'pt').error?.detail).toBe('O PDF tem mais de 500 páginas; divida o arquivo.');
  });

  it('tells the same of the documents in its result, and leaves what earlier versions told', () => {
    expect(toJobBody(job, 'pt').result).toEqual({
      ready: 0,
      failures: [
        {
          document: 'doc_1',
          code: 'document_too_expensive',
          detail: 'O PDF tem mais de 500 páginas; divida o arquivo.',
        },
        { document: 'doc_2', code: 'document_broken', detail: 'The file of an earlier version is torn.' },
        { document: 'doc_3', code: 'internal', detail: null },
      ],
    });
  });
});
