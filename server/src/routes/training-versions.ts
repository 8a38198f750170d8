import {
  inForceSchema,
  jobParamsSchema,
  pageQuery,
  publishRequestSchema,
  rollbackRequestSchema,
  trainingVersionPageSchema,
  trainingVersionSchema,
  versionParamsSchema,
} from '@billumy/protocol';
import { z } from 'zod';
import type { Training } from '../core/training/training.ts';
import type { Versions } from '../core/training/versions.ts';
import { attachedStream } from './attachment.ts';
import { signalOf } from './in-flight.ts';
import { nameSubject } from './note-deeds.ts';
import type { App } from './route.ts';
import { toInForceBody, toVersionBody } from './training-bodies.ts';

const tags = ['training'];
const mayTrain = { access: { scope: 'train' } } as const;

/** What training made: `/training/versions`, and what answers of it. */
export function versionRoutes(app: App, { training, versions }: { training: Training; versions: Versions }): void {
  readingRoutes(app, versions);
  changingRoutes(app, versions);
  app.post(
    '/training/jobs/:id/publish',
    {
      config: { ...mayTrain, audit: 'training.publish' },
      schema: {
        tags,
        summary: 'Let what a job made answer from now on',
        description:
          'Of a job with `publish: "manual"`, or of one that ended as `rejected`: then an administrator says in `reason` why, which is kept. The switch is one step, and no request is dropped.',
        params: jobParamsSchema,
        body: publishRequestSchema.nullish(),
        response: { 200: trainingVersionSchema },
      },
    },
    async (request) => {
      const options = { reason: request.body?.reason, signal: signalOf(request) };
      const version = await training.publish(request.principal, request.params.id, options);
      nameSubject(request, version.id);
      return toVersionBody(version);
    },
  );
}

function readingRoutes(app: App, versions: Versions): void {
  app.get(
    '/training/versions',
    {
      config: mayTrain,
      schema: {
        tags,
        summary: 'List what training made, newest first, and what answers of it',
        querystring: pageQuery,
        response: { 200: trainingVersionPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null } }) => {
      const { items, next } = await versions.list(principal, { limit, after });
      return { items: items.map(toVersionBody), next };
    },
  );
  app.get(
    '/training/versions/:id',
    {
      config: mayTrain,
      schema: { tags, summary: 'Get a version', params: versionParamsSchema, response: { 200: trainingVersionSchema } },
    },
    async ({ principal, params: { id } }) => toVersionBody(await versions.get(principal, id)),
  );
  app.get(
    '/training/versions/:id/adapter',
    {
      config: mayTrain,
      schema: {
        tags,
        summary: 'Download the LoRA adapter of a version, as GGUF',
        params: versionParamsSchema,
        response: {
          200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } },
        },
      },
    },
    async ({ principal, params: { id } }, reply) => {
      const file = await versions.readAdapter(principal, id);
      return attachedStream(reply, { ...file, mediaType: 'application/octet-stream' });
    },
  );
}

function changingRoutes(app: App, versions: Versions): void {
  app.delete(
    '/training/versions/:id',
    {
      config: { ...mayTrain, audit: 'training.delete' },
      schema: {
        tags,
        summary: 'Delete a version that neither answers, nor would by a rollback, nor is in a persona',
        description: 'Administrators may.',
        params: versionParamsSchema,
        response: { 204: z.null() },
      },
    },
    async ({ principal, params: { id } }, reply) => {
      await versions.delete(principal, id);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/training/rollback',
    {
      config: { ...mayTrain, audit: 'training.rollback' },
      schema: {
        tags,
        summary: 'Let that answer which answered before',
        description: 'The version before the one that answers now, or the model as it came. Administrators may.',
        body: rollbackRequestSchema.nullish(),
        response: { 200: inForceSchema },
      },
    },
    async (request) => {
      const inForce = await versions.rollBack(request.principal, request.body?.base_model);
      nameSubject(request, inForce.base);
      return toInForceBody(inForce);
    },
  );
}
