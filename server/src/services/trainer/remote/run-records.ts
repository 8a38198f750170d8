import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../../process/durable-file.ts';

const recordSchema = z.object({
  /** Its id. */
  run: z.string(),
  /** Of what was asked for. */
  fingerprint: z.string(),
  job: z.string().nullable(),
  /** All that was uploaded for it. */
  files: z.array(z.string()),
  /** Nobody wants it any more; what it left on the trainer is still to be removed. */
  discarded: z.boolean(),
});

/** What a run has on the trainer. */
export type RunRecord = Readonly<z.infer<typeof recordSchema>>;

export interface RunRecords {
  /** Where the adapter of a run comes to lie. */
  adapterPath(runId: string): string;
  read(runId: string): Promise<RunRecord | undefined>;
  /** Durable when it resolves. */
  write(runId: string, record: RunRecord): Promise<void>;
  /** Removes everything that is here. */
  remove(runId: string): Promise<void>;
  /** Ids of runs that somebody may still want. */
  kept(): Promise<string[]>;
  /** Ids under which `read` and `remove` find those that nobody wants any more. */
  discarded(): Promise<string[]>;
}

const recordName = 'remote.json';

/** A folder for each run, with what must outlive this process. */
export function createRunRecords(folder: string): RunRecords {
  const folderOf = (runId: string): string => join(folder, safeName(runId));

  async function read(runId: string): Promise<RunRecord | undefined> {
    const text = await readFile(join(folderOf(runId), recordName), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : recordSchema.parse(JSON.parse(text));
  }

  async function all(): Promise<{ name: string; record: RunRecord | undefined }[]> {
    const names = await readdir(folder).catch(() => []);
    return Promise.all(names.map(async (name) => ({ name, record: await read(name) })));
  }

  return {
    adapterPath: (runId) => join(folderOf(runId), 'adapter.gguf'),
    read,
    write: (runId, record) => writeDurably(join(folderOf(runId), recordName), JSON.stringify(record)),
    remove: (runId) => rm(folderOf(runId), { recursive: true, force: true }),
    async kept() {
      return (await all()).flatMap(({ record }) => (record?.discarded === false ? [record.run] : []));
    },
    async discarded() {
      return (await all()).flatMap(({ name, record }) => (record?.discarded === true ? [name] : []));
    },
  };
}

/** Ids come from elsewhere: one that is no plain name becomes its hash. */
function safeName(runId: string): string {
  const isPlain = /^[A-Za-z0-9_-]{1,100}$/.test(runId);
  return isPlain ? runId : createHash('sha256').update(runId).digest('hex');
}
