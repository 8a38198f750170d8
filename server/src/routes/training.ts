import multipart from '@fastify/multipart';
import { jobPageQuery, jobPageSchema, jobParamsSchema, jobSchema, trainRequestSchema } from '@billumy/protocol';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hasEnded } from '../core/knowledge/ingestion/wait-for-job.ts';
import type { Training } from '../core/training/training.ts';
import type { Versions } from '../core/training/versions.ts';
import type { Job } from '../models/job.ts';
import { sendEvents, type ServerEvent } from './http/event-stream.ts';
import { signalOf } from './http/in-flight.ts';
import { toJobBody } from './bodies/job-bodies.ts';
import { nameSubject } from './http/note-deeds.ts';
import { waitPreference } from './http/prefer.ts';
import type { App } from './http/route.ts';
import { readTraining } from './bodies/training-bodies.ts';
import { versionRoutes } from './training-versions.ts';
import type { Language } from '../models/language.ts';
import { readerLanguage } from './http/reader-language.ts';

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
    base_model: { type: 'string' },
    hyperparameters: { type: 'string', description: 'A JSON object.' },
    publish: { type: 'string', enum: ['auto', 'manual'] },
    from_feedback: { type: 'string', enum: ['true'] },
    allow_personal_data: { type: 'string', enum: ['true', 'false'] },
  },
};

/** Everything under `/training`. */
export function trainingRoutes(parts: { training: Training; versions: Versions }): (app: App) => void {
  const { training } = parts;
  return (app) => {
    jobRoutes(app, training);
    changingRoutes(app, training);
    eventRoute(app, training);
    versionRoutes(app, parts);
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
      config: { ...mayTrain, form, audit: 'training.start' },
      bodyLimit: training.maxFileBytes,
      schema: {
        tags,
        summary: 'Train with new data: documents become knowledge, examples become weights',
        description:
          '202 with the job, named in `Location`; `Prefer: wait=<seconds>` waits for its end (200). Examples are checked line by line before anything is stored; documents that come with them are read at once, and the job tells of both.',
        body: trainRequestSchema.nullish(),
        response: { 200: jobSchema, 202: jobSchema },
      },
    },
    async (request, reply) => {
      const preference = waitPreference(request, 0);
      const wait = { waitMs: preference.waitMs, signal: signalOf(request) };
      const job = await training.train(request.principal, readTraining(request, training.maxFileBytes), wait);
      nameSubject(request, job.id);
      preference.confirm(reply);
      void reply.header('location', `/training/jobs/${job.id}`);
      return reply.status(hasEnded(job) ? 200 : 202).send(toJobBody(job, readerLanguage(reply)));
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
    async ({ principal, query: { limit, after = null, kind } }, reply) => {
      const { items, next } = await training.list(principal, { limit, after, kind });
      const language = readerLanguage(reply);
      return { items: items.map((job) => toJobBody(job, language)), next };
    },
  );
  app.get(
    '/training/jobs/:id',
    {
      config: mayFollow,
      schema: { tags, summary: 'Get a job', params: jobParamsSchema, response: { 200: jobSchema } },
    },
    async ({ principal, params: { id } }, reply) => toJobBody(await training.get(principal, id), readerLanguage(reply)),
  );
}

function changingRoutes(app: App, training: Training): void {
  const changes = [
    {
      name: 'cancel',
      config: mayFollow,
      summary: 'Stop a job: documents that it has read stay, of a training nothing',
    },
    { name: 'pause', config: mayTrain, summary: 'Pause a training until it is resumed' },
    { name: 'resume', config: mayTrain, summary: 'Go on with a paused training where it was' },
  ] as const;
  for (const { name, config, summary } of changes) {
    app.post(
      `/training/jobs/:id/${name}`,
      { config, schema: { tags, summary, params: jobParamsSchema, response: { 200: jobSchema } } },
      async ({ principal, params: { id } }, reply) =>
        toJobBody(await training[name](principal, id), readerLanguage(reply)),
    );
  }
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
      return sendEvents(reply, { request, events: toEvents(jobs, readerLanguage(reply)) });
    },
  );
}

async function* toEvents(jobs: AsyncIterable<Job>, language: Language): AsyncGenerator<ServerEvent> {
  for await (const job of jobs) yield { event: hasEnded(job) ? 'finish' : 'progress', data: toJobBody(job, language) };
}
