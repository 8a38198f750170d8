import multipart from '@fastify/multipart';
import {
  jobPageQuery,
  jobPageSchema,
  jobParamsSchema,
  jobSchema,
  trainRequestSchema,
  type TrainRequest,
} from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hasEnded } from '../core/knowledge/wait-for-job.ts';
import type { Training, TrainingItem } from '../core/training/training.ts';
import { AppError } from '../errors/app-error.ts';
import type { Job } from '../models/job.ts';
import { toFileUpload, toJobBody, toTextUpload } from './document-bodies.ts';
import { sendEvents, type ServerEvent } from './event-stream.ts';
import { signalOf } from './in-flight.ts';
import { waitPreference } from './prefer.ts';
import type { App } from './route.ts';
import { readExampleLines, readExamples } from './training-examples.ts';
import { readUploadForm, type FormFile } from './upload-form.ts';

const tags = ['training'];
const mayTrain = { access: { scope: 'train' } } as const;
// `ingest` is enough to follow the jobs of one's own documents; core decides.
const mayFollow = { access: 'signed-in' } as const;

const files = { type: 'array', items: { type: 'string', format: 'binary' } };
const form = {
  type: 'object',
  properties: {
    documents: { ...files, description: 'Files that become knowledge.' },
    examples: { ...files, description: 'JSONL files of examples, or any file whose name ends with .jsonl.' },
    collection: { type: 'string' },
    metadata: { type: 'string', description: 'A JSON object.' },
    readers: { type: 'string', description: 'JSON: `{"users": [], "groups": []}`' },
  },
};

/** Everything under `/training`. */
export function trainingRoutes(training: Training): (app: App) => void {
  return (app) => {
    jobRoutes(app, training);
    eventRoute(app, training);
    void app.register(async (plain) => {
      const scope = plain.withTypeProvider<ZodTypeProvider>();
      await scope.register(multipart);
      trainRoute(scope, training);
    });
  };
}

function trainRoute(app: App, training: Training): void {
  app.post(
    '/training/train',
    {
      config: { ...mayTrain, form },
      bodyLimit: training.maxFileBytes,
      schema: {
        tags,
        summary: 'Train with new data: documents become knowledge',
        description:
          '202 with the job, named in `Location`; `Prefer: wait=<seconds>` waits for its end (200). Examples are checked line by line, and answered with `trainer_unavailable`.',
        body: trainRequestSchema.nullish(),
        response: { 200: jobSchema, 202: jobSchema },
      },
    },
    async (request, reply) => {
      const preference = waitPreference(request, 0);
      const wait = { waitMs: preference.waitMs, signal: signalOf(request) };
      const job = await training.train(request.principal, itemsOf(request, training.maxFileBytes), wait);
      preference.confirm(reply);
      void reply.header('location', `/training/jobs/${job.id}`);
      return reply.status(hasEnded(job) ? 200 : 202).send(toJobBody(job));
    },
  );
}

function jobRoutes(app: App, training: Training): void {
  app.get(
    '/training/jobs',
    {
      config: mayFollow,
      schema: {
        tags,
        summary: 'List jobs, newest first',
        querystring: jobPageQuery,
        response: { 200: jobPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null } }) => {
      const { items, next } = await training.list(principal, { limit, after });
      return { items: items.map(toJobBody), next };
    },
  );
  app.get(
    '/training/jobs/:id',
    {
      config: mayFollow,
      schema: { tags, summary: 'Get a job', params: jobParamsSchema, response: { 200: jobSchema } },
    },
    async ({ principal, params: { id } }) => toJobBody(await training.get(principal, id)),
  );
  app.post(
    '/training/jobs/:id/cancel',
    {
      config: mayFollow,
      schema: {
        tags,
        summary: 'Stop a job: what it has done stays',
        params: jobParamsSchema,
        response: { 200: jobSchema },
      },
    },
    async ({ principal, params: { id } }) => toJobBody(await training.cancel(principal, id)),
  );
}

function eventRoute(app: App, training: Training): void {
  app.get(
    '/training/jobs/:id/events',
    {
      config: mayFollow,
      schema: {
        tags,
        summary: 'Follow a job',
        description:
          'Events `progress` with the job now and after each change, then `finish` with the job as it ended, and the stream ends. Whoever connects again begins with the job as it is then.',
        params: jobParamsSchema,
        response: {
          200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } },
        },
      },
    },
    async (request, reply) => {
      const { principal, params } = request;
      const jobs = training.watch(principal, params.id, { signal: signalOf(request) });
      return sendEvents(reply, { request, events: toEvents(jobs) });
    },
  );
}

async function* toEvents(jobs: AsyncIterable<Job>): AsyncGenerator<ServerEvent> {
  for await (const job of jobs) yield { event: hasEnded(job) ? 'finish' : 'progress', data: toJobBody(job) };
}

async function* itemsOf(
  request: FastifyRequest & { body: TrainRequest | null | undefined },
  maxFileBytes: number,
): AsyncGenerator<TrainingItem> {
  if (request.isMultipart()) {
    for await (const file of readUploadForm(request, maxFileBytes)) yield toItem(file);
    return;
  }
  const { body } = request;
  if (body === null || body === undefined) throw new AppError('invalid_request', { detail: 'Send documents.' });
  const { documents = [], examples, collection } = body;
  // Everything is checked before anything is stored.
  if (examples !== undefined) yield { type: 'examples', count: readExamples(examples).length };
  refuseOptions(body);
  for (const document of documents) {
    yield { type: 'document', upload: toTextUpload({ ...document, collection: document.collection ?? collection }) };
  }
}

function toItem(file: FormFile): TrainingItem {
  const isExamples = file.fieldName === 'examples' || file.fileName?.toLowerCase().endsWith('.jsonl') === true;
  if (isExamples) return { type: 'examples', count: readExampleLines(file.bytes).length };
  return { type: 'document', upload: toFileUpload(file) };
}

const idleOptions = ['allow_personal_data', 'base_model', 'from_feedback', 'hyperparameters', 'publish'] as const;

/** Options that would be without effect are not taken in silence. */
function refuseOptions(body: TrainRequest): void {
  const idle = idleOptions.filter((name) => body[name] !== undefined);
  if (idle.length === 0) return;
  const issues = idle.map((path) => ({ path, message: 'applies to examples only' }));
  throw new AppError('invalid_request', { detail: 'Leave out what applies to examples only.', issues });
}
