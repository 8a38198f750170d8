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
import { attachedStream } from './http/attachment.ts';
import { signalOf } from './http/in-flight.ts';
import { nameSubject } from './http/note-deeds.ts';
import type { App } from './http/route.ts';
import { toInForceBody, toVersionBody } from './bodies/training-bodies.ts';

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
  fileRoutes(app, versions);
}

const mediaType = 'application/octet-stream';
const fileReply = { 200: { description: 'The file', content: { [mediaType]: { schema: z.string() } } } };

function fileRoutes(app: App, versions: Versions): void {
  app.get(
    '/training/versions/:id/adapter',
    {
      config: mayTrain,
      schema: {
        tags,
        summary: 'Download the LoRA adapter of a version, as GGUF',
        params: versionParamsSchema,
        response: fileReply,
      },
    },
    async ({ principal, params: { id } }, reply) =>
      attachedStream(reply, { ...(await versions.readAdapter(principal, id)), mediaType }),
  );
  app.get(
    '/training/versions/:id/merged',
    {
      config: mayTrain,
      schema: {
        tags,
        summary: 'Download a version and the model it was trained over as one GGUF file',
        description:
          'For programs that load no adapters. Weights of 16 and 32 bits keep their type; quantised ones that the adapter changes become Q8_0. It is made while it is sent.',
        params: versionParamsSchema,
        response: fileReply,
      },
    },
    async (request, reply) => {
      const file = await versions.readMerged(request.principal, request.params.id, { signal: signalOf(request) });
      return attachedStream(reply, { ...file, mediaType });
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
