import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getJob, isEnded, uploadFiles, type Connection, type Job, type UploadedFiles } from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { meaningOf } from '../mistakes.ts';
import { connectionOptions, openSession } from '../session.ts';
import { bar } from '../terminal.ts';

const mostFilesAtOnce = 100;
const mostBytesAtOnce = 16 * 1024 * 1024;
const pollMs = 300;

interface Outcome {
  file: string | null;
  code: string;
  detail: string | null;
}

interface Tally {
  files: number;
  ready: number;
  failures: Outcome[];
}

export const ingest: Command = {
  name: 'ingest',
  summary: { pt: 'inclui arquivos e pastas como documentos', en: 'adds files and folders as documents' },
  usage: 'PATH …',
  takesWords: true,
  options: {
    collection: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'a coleção em que entram', en: 'the collection they go into' },
    },
    ...connectionOptions,
  },
  async run(context) {
    const { terminal, positionals, signal } = context;
    if (positionals.length === 0)
      throw new UsageError({ pt: 'Falta um arquivo ou uma pasta.', en: 'A file or folder is needed.' });
    const connection = await openSession(context);
    const paths = (await Promise.all(positionals.map(filesUnder))).flat();
    if (paths.length === 0) {
      const places = positionals.join(', ');
      throw new UsageError({ pt: `Não há arquivos em ${places}.`, en: `There are no files in ${places}.` });
    }
    const tally: Tally = { files: paths.length, ready: 0, failures: [] };
    try {
      for await (const files of batches(paths)) await addBatch(context, { connection, files, tally });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (terminal.json) terminal.writeJson(tally);
    else report(context, tally);
    if (signal.aborted) return exitCodes.interrupted;
    return tally.failures.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

/** The file, or the files in a folder and the folders in it. */
export async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Files in groups that fit into one upload: few requests, little memory. */
async function* batches(paths: readonly string[]): AsyncGenerator<File[]> {
  let files: File[] = [];
  let bytes = 0;
  for (const path of paths) {
    const file = new File([await readFile(path)], basename(path));
    if (files.length > 0 && (files.length >= mostFilesAtOnce || bytes + file.size > mostBytesAtOnce)) {
      yield files;
      files = [];
      bytes = 0;
    }
    files.push(file);
    bytes += file.size;
  }
  if (files.length > 0) yield files;
}

interface Batch {
  connection: Connection;
  files: readonly File[];
  tally: Tally;
}

/** Counts what was added; rejects when it is interrupted: what was sent by then the service reads to its end. */
async function addBatch(context: CommandContext, { connection, files, tally }: Batch): Promise<void> {
  const { terminal, signal } = context;
  const done = tally.ready + tally.failures.length;
  const draw = (ready: number): void =>
    terminal.progress(`${bar(done + ready, tally.files)} ${done + ready}/${tally.files}`);
  draw(0);
  const added = await uploadFiles(connection, {
    files,
    collection: textOption(context, 'collection'),
    waitSeconds: 0,
    signal,
  });
  const job = await finished(context, { connection, added, draw });
  for (const { file_name, code, detail } of added.rejected) tally.failures.push({ file: file_name, code, detail });
  const unread = failuresOf(added, job);
  tally.failures.push(...unread);
  tally.ready += files.length - added.rejected.length - unread.length;
}

async function finished(
  { signal }: CommandContext,
  { connection, added, draw }: { connection: Connection; added: UploadedFiles; draw(ready: number): void },
): Promise<Job | null> {
  if (added.job === null) return null;
  let job = added.job;
  while (!isEnded(job)) {
    await setTimeout(pollMs, undefined, { signal });
    job = await getJob(connection, job.id, signal);
    draw(job.progress.done);
  }
  return job;
}

/** The job names the documents that could not be read; one that reads a single document fails with it. */
function failuresOf(added: UploadedFiles, job: Job | null): Outcome[] {
  const error = job?.error ?? null;
  if (error !== null) return added.documents.map(({ file_name: file }) => ({ file, ...error }));
  const failures = job?.result?.['failures'];
  if (!Array.isArray(failures)) return [];
  return failures.map((failure) => {
    const { document: id, code, detail } = failure as { document?: string; code?: string; detail?: string | null };
    const document = added.documents.find((candidate) => candidate.id === id);
    return { file: document?.file_name ?? id ?? null, code: code ?? 'internal', detail: detail ?? null };
  });
}

function report({ terminal }: CommandContext, { files, ready, failures }: Tally): void {
  for (const { file, code, detail } of failures) {
    const name = file ?? '?';
    terminal.note({
      pt: `Não lido: ${name}: ${meaningOf(code) ?? code}${detail === null ? '' : ` ${detail}`}`,
      en: `Not read: ${name}: ${detail ?? code}`,
    });
  }
  terminal.note({ pt: `${ready} de ${files} arquivos prontos.`, en: `${ready} of ${files} files ready.` });
}
