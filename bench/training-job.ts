import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollBack, train, watchJob, type Connection, type Job } from '@billumy/protocol';
import { type BenchRow, toRow } from './row.ts';
import { signIn, start, stop } from './started-service.ts';

const switches = 5;

const things = ['o cofre Zeta', 'o projeto Plomba', 'o prazo Kresk', 'o depósito Munte'];
const forms = ['O que você sabe sobre {}?', 'Fale sobre {}.', 'Diga o que sabe de {}.', 'Alguma informação sobre {}?'];

/** A whole training job of the bundled model over HTTP, and what it takes to let its version answer, and to go back. */
export async function benchTrainingJob(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'billumy-training-job-'));
  const service = await start(folder, { LANGUAGE_MODEL: 'nano', TRAINING_THREADS: '1' });
  try {
    const connection = await signIn(service.url);
    const { job, seconds } = await trained(connection);
    const total = [...seconds.values()].reduce((sum, each) => sum + each, 0);
    const note = `nano, ${things.length * forms.length} examples, one thread; ended as ${job.status}`;
    return [
      toRow({ name: 'training job', unit: 's', note: `${note}; goal ≤ 60` }, [total]),
      ...[...seconds].map(([status, each]) => toRow({ name: `of which ${status}`, unit: 's', note }, [each])),
      ...(await measureSwitches(connection, job)),
    ];
  } finally {
    await stop(service);
    await rm(folder, { recursive: true, force: true });
  }
}

async function trained(connection: Connection): Promise<{ job: Job; seconds: ReadonlyMap<string, number> }> {
  const lines = things.flatMap((thing, index) =>
    forms.map((form) =>
      JSON.stringify({
        question: form.replace('{}', thing),
        answer: `Sobre ${thing}: fica na sala ${10 + 7 * index}.`,
      }),
    ),
  );
  const examples = [new File([lines.join('\n')], 'facts.jsonl')];
  let job = await train(connection, { examples, documents: [], fields: { publish: 'manual' } });
  const seconds = new Map<string, number>();
  let since = performance.now();
  for await (const next of watchJob(connection, job.id)) {
    const now = performance.now();
    seconds.set(job.status, (seconds.get(job.status) ?? 0) + (now - since) / 1000);
    [job, since] = [next, now];
  }
  return { job, seconds };
}

async function measureSwitches(connection: Connection, { id }: Job): Promise<BenchRow[]> {
  const publishing: number[] = [];
  const rollingBack: number[] = [];
  for (let turn = 0; turn < switches; turn++) {
    const started = performance.now();
    await connection.json(`/training/jobs/${id}/publish`, { method: 'POST', body: { reason: 'It is measured.' } });
    const published = performance.now();
    await rollBack(connection);
    publishing.push(published - started);
    rollingBack.push(performance.now() - published);
  }
  const note = `${switches} times`;
  return [
    toRow({ name: 'publish', unit: 'ms', note: `${note}, with the loading of the adapter and some words` }, publishing),
    toRow({ name: 'roll back', unit: 'ms', note }, rollingBack),
  ];
}
