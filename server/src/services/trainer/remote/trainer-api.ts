import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { TrainingRun } from '../../../ports/trainer.ts';
import { filePart } from './file-part.ts';
import {
  anythingSchema,
  eventPageSchema,
  fileSchema,
  jobPageSchema,
  jobSchema,
  modelSchema,
  type TrainerEvent,
  type TrainerFile,
  type TrainerJob,
} from './replies.ts';
import { hyperparametersOf, linesOf } from './run-input.ts';
import { malformed } from './trainer-failure.ts';
import type { TrainerHttp } from './trainer-http.ts';

interface Call {
  signal: AbortSignal;
}

/** What is asked of a trainer, in OpenAI's routes and two things more: models by their hash, and files with one. */
export interface TrainerApi {
  hasModel(sha256: string, call: Call): Promise<boolean>;
  uploadModel(base: TrainingRun['base'], call: Call): Promise<void>;
  uploadLines(items: TrainingRun['training'], call: Call & { name: string }): Promise<TrainerFile>;
  findFile(id: string, call: Call): Promise<TrainerFile | undefined>;
  download(id: string, call: Call & { mostBytes: number }): AsyncIterable<Uint8Array>;
  deleteFile(id: string, call: Call): Promise<void>;
  createJob(run: TrainingRun, call: Call & JobFiles): Promise<TrainerJob>;
  findJob(id: string, call: Call): Promise<TrainerJob | undefined>;
  /** The newest job that was made for this, whoever of us made it; of any input, where that is left out. */
  findJobOf(metadata: Pick<JobMetadata, 'run'> & Partial<JobMetadata>, call: Call): Promise<TrainerJob | undefined>;
  /** Whether fine-tuning jobs can be seen at all. */
  check(call: Call): Promise<void>;
  /** Newest first, from the one after `after`. */
  events(jobId: string, call: Call & { after: string | undefined }): Promise<EventPage>;
  /** OpenAI keeps jobs for ever, and has no such route. */
  deleteJob(id: string, call: Call): Promise<void>;
  change(jobId: string, to: 'cancel' | 'pause' | 'resume', call: Call): Promise<void>;
}

export interface JobMetadata {
  /** Its id here. */
  run: string;
  /** Its fingerprint. */
  input: string;
}

interface JobFiles {
  training: string;
  validation: string | undefined;
  metadata: JobMetadata;
}

interface EventPage {
  events: TrainerEvent[];
  hasMore: boolean;
}

const jobsPath = '/v1/fine_tuning/jobs';
const eventsAtOnce = 100;

export function createTrainerApi(http: TrainerHttp): TrainerApi {
  return {
    async hasModel(sha256, { signal }) {
      const model = await http.find(`/v1/models/${sha256}`, { reply: modelSchema, signal });
      return model !== undefined;
    },
    async uploadModel({ path, sha256 }, { signal }) {
      const { size } = await stat(path);
      const form = { purpose: 'base-model', name: `${sha256}.gguf`, bytes: size, content: createReadStream(path) };
      const file = await http.upload('/v1/files', { body: filePart(form), reply: fileSchema, signal });
      if (file.sha256 !== sha256) throw malformed(new Error('the model has another hash there'));
    },
    async uploadLines(items, { name, signal }) {
      let bytes = 0;
      for (const line of linesOf(items)) bytes += Buffer.byteLength(line);
      const form = { purpose: 'fine-tune', name, bytes, content: bytesOf(linesOf(items)) };
      return http.upload('/v1/files', { body: filePart(form), reply: fileSchema, signal });
    },
    findFile: (id, { signal }) => http.find(`/v1/files/${id}`, { reply: fileSchema, signal }),
    download: (id, options) => http.download(`/v1/files/${id}/content`, options),
    deleteFile: (id, { signal }) => http.delete(`/v1/files/${id}`, { signal }),
    createJob: (run, { training, validation, metadata, signal }) =>
      http.post(jobsPath, {
        body: {
          model: run.base.sha256,
          training_file: training,
          ...(validation === undefined ? {} : { validation_file: validation }),
          seed: run.hyperparameters.seed,
          metadata,
          method: { type: 'supervised', supervised: { hyperparameters: hyperparametersOf(run) } },
        },
        reply: jobSchema,
        signal,
      }),
    findJob: (id, { signal }) => http.find(`${jobsPath}/${id}`, { reply: jobSchema, signal }),
    async findJobOf(metadata, { signal }) {
      const wanted = Object.entries(metadata);
      const query = new URLSearchParams(wanted.map(([name, value]): [string, string] => [`metadata[${name}]`, value]));
      const { data } = await http.get(`${jobsPath}?${query.toString()}`, { reply: jobPageSchema, signal });
      // Not every server looks at the question.
      return data.find((job) => wanted.every(([name, value]) => job.metadata?.[name] === value));
    },
    async check({ signal }) {
      await http.get(`${jobsPath}?limit=1`, { reply: jobPageSchema, signal });
    },
    async events(jobId, { after, signal }) {
      const query = new URLSearchParams({ limit: String(eventsAtOnce), ...(after === undefined ? {} : { after }) });
      const page = await http.get(`${jobsPath}/${jobId}/events?${query.toString()}`, {
        reply: eventPageSchema,
        signal,
      });
      return { events: page.data, hasMore: page.has_more ?? page.data.length === eventsAtOnce };
    },
    deleteJob: (id, { signal }) => http.delete(`${jobsPath}/${id}`, { signal }),
    async change(jobId, to, { signal }) {
      await http.post(`${jobsPath}/${jobId}/${to}`, { body: {}, reply: anythingSchema, signal });
    },
  };
}

const pieceBytes = 64 * 1024;

async function* bytesOf(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < pieceBytes) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}
