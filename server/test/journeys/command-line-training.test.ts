import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import type { GateCheck, Job } from '@billumy/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../support/run-command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const gate: GateCheck[] = [
  { name: 'heldOutNll', before: 5.953, after: 0.14, limit: 5.655, passed: true },
  { name: 'taughtExact', before: 0, after: 0.25, limit: 0.5, passed: false },
  { name: 'heldOutExact', before: 0, after: 0.75, limit: null, passed: true },
  { name: 'of a later version', before: 1, after: null, limit: null, passed: true },
];
const rejected: Job = {
  id: 'job_1',
  kind: 'train',
  status: 'rejected',
  progress: { done: 10, total: 10, step: null, training: null },
  attempts: 1,
  error: null,
  result: { version: 'ver_1', accepted: false, published: false, gate },
  created_at: '2026-11-30T12:00:00.000Z',
  updated_at: '2026-11-30T12:01:00.000Z',
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let service: Server;

/** Trainings take minutes: here one has ended as soon as it is asked for. */
beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(folder.file('facts.jsonl'), '{"question":"q","answer":"a"}\n');
  service = createServer((request, response) => {
    request.resume();
    request.once('end', () =>
      response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify(rejected)),
    );
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
});

afterAll(async () => {
  service.close();
  await folder[Symbol.asyncDispose]();
});

async function trained(language: 'pt' | 'en'): Promise<string> {
  const { port } = service.address() as AddressInfo;
  const words = ['train', folder.file('facts.jsonl'), '--url', `http://127.0.0.1:${port}`, '--language', language];
  return (await runCommandLine([...words, '--token', 'x'])).errors;
}

describe('billumy train', () => {
  it('tells in Portuguese what was measured, and why it was not enough', async () => {
    expect(await trained('pt')).toContain(
      [
        '  ✓ Erro em exemplos que não viu: 5,953 → 0,140 (no máximo 5,655)',
        '  ✗ Respostas iguais às ensinadas: 0% → 25% (pelo menos 50%)',
        '    Menos da metade das respostas curtas ensinadas é dada: o treino foi curto demais.',
        '  ✓ Respostas iguais às dos exemplos não ensinados: 0% → 75%',
        '  ✓ of a later version: 1,000 → ?',
        'A versão ver_1 está guardada, e não responde.\n',
      ].join('\n'),
    );
  });

  it('tells it in English', async () => {
    expect(await trained('en')).toContain(
      [
        '  ✓ Loss on examples it has not seen: 5.953 → 0.140 (at most 5.655)',
        '  ✗ Answers just as taught: 0% → 25% (at least 50%)',
      ].join('\n'),
    );
  });
});
