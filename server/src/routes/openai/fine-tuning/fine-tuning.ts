import { z } from 'zod';
import type { TrainingItem } from '../../../core/training/accept-training.ts';
import { givenOf } from '../../../core/training/training-files.ts';
import type { Training } from '../../../core/training/training.ts';
import { AppError } from '../../../errors/app-error.ts';
import type { Job } from '../../../models/job.ts';
import type { Principal } from '../../../models/principal.ts';
import { sendJson } from '../../dialects/send-json.ts';
import { signalOf } from '../../http/in-flight.ts';
import { nameSubject } from '../../http/note-deeds.ts';
import type { App } from '../../http/route.ts';
import { newJobSchema, toTraining } from './fine-tuning-request.ts';
import {
  eventListSchema,
  fineTuningJobListSchema,
  fineTuningJobSchema,
  toEvents,
  toFineTuningJob,
} from './fine-tuning-reply.ts';
import type { OpenAiParts } from '../chat/parts.ts';
import { openAiSchema } from '../route-schema.ts';

const mayTrain = { access: { scope: 'train' } } as const;
const paramsSchema = z.strictObject({ id: z.string().min(1).max(200) });
const pageQuery = z.looseObject({
  after: z.string().min(1).max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `/v1/fine_tuning/jobs`: the jobs of `POST /training/train` that train a model. */
export function fineTuningRoutes(scope: App, parts: OpenAiParts): void {
  const { training } = parts;
  createRoute(scope, parts);
  listRoute(scope, training);
  eventsRoute(scope, training);
  scope.get(
    '/fine_tuning/jobs/:id',
    {
      config: mayTrain,
      schema: { params: paramsSchema, ...openAiSchema({ summary: 'One job', reply: fineTuningJobSchema }) },
    },
    async ({ principal, params: { id } }, reply) =>
      sendJson(reply, toFineTuningJob(await find(training, principal, id))),
  );
  for (const change of ['cancel', 'pause', 'resume'] as const) {
    scope.post(
      `/fine_tuning/jobs/:id/${change}`,
      {
        config: mayTrain,
        schema: { params: paramsSchema, ...openAiSchema({ summary: `${change} a job`, reply: fineTuningJobSchema }) },
      },
      async ({ principal, params: { id } }, reply) => {
        await find(training, principal, id);
        return sendJson(reply, toFineTuningJob(await training[change](principal, id)));
      },
    );
  }
}

function createRoute(scope: App, { training, trainingFiles }: OpenAiParts): void {
  scope.post(
    '/fine_tuning/jobs',
    {
      config: { ...mayTrain, audit: 'training.start' },
      schema: {
        body: newJobSchema,
        ...openAiSchema({
          summary: 'Train a model with an uploaded file',
          description: 'As soon as the gate accepts what it learnt, the model answers with it.',
          reply: fineTuningJobSchema,
        }),
      },
    },
    async (request, reply) => {
      const { principal, body } = request;
      const { fileId, options } = toTraining(body);
      const examples = givenOf(await trainingFiles.get(principal, fileId));
      const items = async function* (): AsyncGenerator<TrainingItem> {
        yield { type: 'options', options };
        yield { type: 'examples', examples };
      };
      const job = await training.train(principal, items(), { waitMs: 0, signal: signalOf(request) });
      nameSubject(request, job.id);
      return sendJson(reply, toFineTuningJob(job));
    },
  );
}

function listRoute(scope: App, training: Training): void {
  scope.get(
    '/fine_tuning/jobs',
    {
      config: mayTrain,
      schema: {
        querystring: pageQuery,
        ...openAiSchema({ summary: 'Jobs, newest first', reply: fineTuningJobListSchema }),
      },
    },
    async ({ principal, query: { after, limit } }, reply) => {
      const jobs = await trainings(training, principal);
      const start = after === undefined ? 0 : jobs.findIndex(({ id }) => id === after) + 1;
      const data = jobs.slice(start, start + limit).map(toFineTuningJob);
      return sendJson(reply, { object: 'list', data, has_more: start + limit < jobs.length });
    },
  );
}

function eventsRoute(scope: App, training: Training): void {
  scope.get(
    '/fine_tuning/jobs/:id/events',
    {
      config: mayTrain,
      schema: {
        params: paramsSchema,
        querystring: pageQuery,
        ...openAiSchema({ summary: 'What is known of a job by now, newest first', reply: eventListSchema }),
      },
    },
    async ({ principal, params: { id }, query: { after, limit } }, reply) => {
      const events = toEvents(await find(training, principal, id));
      const start = after === undefined ? 0 : events.findIndex((event) => event.id === after) + 1;
      const data = events.slice(start, start + limit);
      return sendJson(reply, { object: 'list', data, has_more: start + limit < events.length });
    },
  );
}

/** Jobs that read documents are no fine-tuning. */
async function find(training: Training, principal: Principal, id: string): Promise<Job> {
  const job = await training.get(principal, id);
  if (job.kind === 'train') return job;
  throw new AppError('not_found');
}

const mostJobs = 1_000;
const pageLimit = 100;

async function trainings(training: Training, principal: Principal): Promise<Job[]> {
  const found: Job[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Training['list']>> = await training.list(principal, { limit: pageLimit, after });
    found.push(...page.items.filter(({ kind }) => kind === 'train'));
    after = page.next;
  } while (after !== null && found.length < mostJobs);
  return found;
}
