import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  isEnded,
  ProblemError,
  train as send,
  watchJob,
  type Connection,
  type Job,
  type JobStatus,
} from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { gateLines } from '../gate-lines.ts';
import { meaningOf } from '../mistakes.ts';
import { connectionOptions, openSession } from '../session.ts';
import { bar } from '../terminal.ts';
import type { Text } from '../texts.ts';
import { filesUnder } from './ingest.ts';

const words: Record<JobStatus, Text> = {
  queued: { pt: 'na fila', en: 'queued' },
  validating: { pt: 'conferindo os exemplos', en: 'checking the examples' },
  waiting: { pt: 'esperando outro treinamento nesta máquina', en: 'waiting for another training on this machine' },
  running: { pt: 'treinando', en: 'training' },
  paused: { pt: 'em pausa', en: 'paused' },
  evaluating: { pt: 'avaliando', en: 'evaluating' },
  publishing: { pt: 'publicando', en: 'publishing' },
  succeeded: { pt: 'pronto', en: 'done' },
  failed: { pt: 'falhou', en: 'failed' },
  cancelled: { pt: 'cancelado', en: 'cancelled' },
  rejected: { pt: 'recusado pela avaliação', en: 'rejected by the evaluation' },
};

/** A service has about a minute to come back. */
const retryMs = 2_000;
const mostFailures = 30;

export const train: Command = {
  name: 'train',
  summary: {
    pt: 'treina o modelo com exemplos (JSONL); documentos viram conhecimento',
    en: 'trains the model with examples (JSONL); documents become knowledge',
  },
  usage: 'FILE.jsonl … [DOCUMENT …]',
  takesWords: true,
  options: {
    collection: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'a coleção em que os documentos entram', en: 'the collection that the documents go into' },
    },
    base: {
      type: 'string',
      takes: 'MODEL',
      summary: {
        pt: 'o modelo que aprende; senão, o da configuração',
        en: 'the model that learns; else the configured one',
      },
    },
    publish: {
      type: 'string',
      takes: 'auto|manual',
      summary: {
        pt: 'auto: responde assim que for aprovado; manual: quando alguém publicar',
        en: 'auto: answers once it is accepted; manual: when somebody publishes it',
      },
    },
    wait: {
      type: 'boolean',
      summary: { pt: 'espera até o fim, mostrando o andamento', en: 'waits until the end, showing how far it is' },
    },
    ...connectionOptions,
  },
  async run(context) {
    const { terminal, values } = context;
    const files = await filesOf(context);
    const connection = await openSession(context);
    const fields = {
      collection: textOption(context, 'collection'),
      base_model: textOption(context, 'base'),
      publish: textOption(context, 'publish'),
    };
    const queued = await send(connection, { ...files, fields });
    const job = values['wait'] === true ? await followed(context, connection, queued) : queued;
    if (terminal.json) terminal.writeJson(job);
    else report(context, job);
    if (!isEnded(job)) return context.signal.aborted ? exitCodes.interrupted : exitCodes.ok;
    return job.status === 'succeeded' ? exitCodes.ok : exitCodes.failed;
  },
};

async function filesOf({ positionals }: CommandContext): Promise<{ examples: File[]; documents: File[] }> {
  const paths = (await Promise.all(positionals.map(filesUnder))).flat();
  const files = await Promise.all(paths.map(async (path) => new File([await readFile(path)], basename(path))));
  const examples = files.filter(isExamples);
  if (examples.length === 0)
    throw new UsageError({
      pt: 'Falta um arquivo de exemplos, com o nome terminado em .jsonl.',
      en: 'A file of examples is needed: its name ends with .jsonl.',
    });
  return { examples, documents: files.filter((file) => !isExamples(file)) };
}

function isExamples({ name }: File): boolean {
  return name.toLowerCase().endsWith('.jsonl');
}

/** Shows how far it is until it has ended; whoever stops looking does not stop the job. */
async function followed({ terminal, signal }: CommandContext, connection: Connection, queued: Job): Promise<Job> {
  let job = queued;
  for (let failures = 0; !isEnded(job); failures += 1) {
    try {
      if (failures > 0) await setTimeout(retryMs, undefined, { signal });
      for await (const now of watchJob(connection, queued.id, signal)) {
        job = now;
        failures = 0;
        terminal.progress(progressLine(job, terminal.language));
      }
    } catch (error) {
      if (signal.aborted) break;
      if (!mayPass(error) || failures >= mostFailures) throw error;
    }
  }
  return job;
}

/** A training outlives the service that is restarted meanwhile. */
function mayPass(error: unknown): boolean {
  return error instanceof ProblemError ? error.problem.retryable : error instanceof TypeError;
}

function progressLine({ status, progress }: Job, language: keyof Text): string {
  const { done, total, training } = progress;
  const said = [bar(done, total), words[status][language]];
  if (status === 'running' && training !== null) {
    const { loss, tokens_per_second: speed, seconds_left: left } = training;
    if (loss !== null) said.push(`${language === 'pt' ? 'perda' : 'loss'} ${loss.toFixed(3)}`);
    if (speed !== null) said.push(`${Math.round(speed)} tokens/s`);
    if (left !== null) said.push(`${Math.ceil(left)} s`);
  }
  return said.join('  ');
}

function report({ terminal }: CommandContext, { id, status, error, result }: Job): void {
  const { pt, en } = words[status];
  terminal.note({ pt: `Treinamento ${id}: ${pt}.`, en: `Training ${id}: ${en}.` });
  if (error !== null) {
    const { code, detail } = error;
    const explained = detail === null ? '' : `\n  ${detail}`;
    terminal.note({ pt: `${meaningOf(code) ?? code}${explained}`, en: detail ?? code });
  }
  for (const line of gateLines(result, terminal.language)) terminal.note({ pt: line, en: line });
  const version = result?.['version'];
  if (typeof version !== 'string') return;
  const answers = result?.['published'] === true;
  terminal.note(
    answers
      ? { pt: `A versão ${version} responde agora.`, en: `Version ${version} answers now.` }
      : {
          pt: `A versão ${version} está guardada, e não responde.`,
          en: `Version ${version} is kept, and does not answer.`,
        },
  );
}
