import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { GivenExampleAt } from '../../../core/training/accept-training.ts';
import { refuse } from '../../dialects/refusal.ts';
import { sendJson } from '../../dialects/send-json.ts';
import type { App } from '../../http/route.ts';
import { readExampleLines } from '../../bodies/training-examples.ts';
import { readUploadForm } from '../../http/upload-form.ts';
import { deletedFileSchema, fileListSchema, fileSchema, fromFileId, toFileBody, toLines } from './files-form.ts';
import type { OpenAiParts } from '../chat/parts.ts';
import { openAiSchema } from '../route-schema.ts';

const mayTrain = { access: { scope: 'train' } } as const;
const paramsSchema = z.strictObject({ id: z.string().min(1).max(200) });
const form = {
  type: 'object',
  required: ['file', 'purpose'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'JSONL: one `{"messages": […]}` in each line.' },
    purpose: { type: 'string', enum: ['fine-tune'] },
  },
};

/** `/v1/files`: examples that jobs train with. */
export function fileRoutes(scope: App, parts: OpenAiParts): void {
  void scope.register(async (plain) => {
    const uploads = plain.withTypeProvider<ZodTypeProvider>();
    await uploads.register(multipart);
    uploadRoute(uploads, parts);
  });
  readRoutes(scope, parts);
  scope.delete(
    '/files/:id',
    {
      config: mayTrain,
      schema: { params: paramsSchema, ...openAiSchema({ summary: 'Remove a file', reply: deletedFileSchema }) },
    },
    async ({ principal, params: { id } }, reply) => {
      await parts.trainingFiles.remove(principal, fromFileId(id));
      return sendJson(reply, { id, object: 'file', deleted: true });
    },
  );
}

function uploadRoute(scope: App, { training, trainingFiles }: OpenAiParts): void {
  scope.post(
    '/files',
    {
      config: { ...mayTrain, form },
      bodyLimit: training.maxFileBytes,
      schema: openAiSchema({ summary: 'Upload examples, which are checked line by line', reply: fileSchema }),
    },
    async (request, reply) => {
      const examples = await readFile(request, training.maxFileBytes);
      return sendJson(reply, toFileBody(await trainingFiles.add(request.principal, examples)));
    },
  );
}

function readRoutes(scope: App, { trainingFiles }: OpenAiParts): void {
  scope.get(
    '/files',
    { config: mayTrain, schema: openAiSchema({ summary: 'The files that were uploaded', reply: fileListSchema }) },
    async ({ principal }, reply) => {
      const files = await trainingFiles.list(principal);
      return sendJson(reply, { object: 'list', data: files.map(toFileBody), has_more: false });
    },
  );
  scope.get(
    '/files/:id',
    {
      config: mayTrain,
      schema: { params: paramsSchema, ...openAiSchema({ summary: 'One file', reply: fileSchema }) },
    },
    async ({ principal, params: { id } }, reply) =>
      sendJson(reply, toFileBody(await trainingFiles.get(principal, fromFileId(id)))),
  );
  scope.get(
    '/files/:id/content',
    {
      config: mayTrain,
      schema: { params: paramsSchema, ...openAiSchema({ summary: 'The lines of a file', reply: z.string() }) },
    },
    async ({ principal, params: { id } }, reply) => {
      const lines = toLines(await trainingFiles.get(principal, fromFileId(id)));
      return reply.type('application/jsonl; charset=utf-8').send(lines);
    },
  );
}

async function readFile(request: FastifyRequest, maxFileBytes: number): Promise<GivenExampleAt[]> {
  if (!request.isMultipart()) throw refuse('file', "Send the file as 'multipart/form-data'.");
  let examples: GivenExampleAt[] | undefined;
  for await (const { fieldName, bytes, fields } of readUploadForm(request, maxFileBytes)) {
    if (fieldName !== 'file') continue;
    if (fields.get('purpose') !== 'fine-tune') throw refuse('purpose', "Invalid value: only 'fine-tune' is supported.");
    examples = readExampleLines(bytes);
  }
  if (examples === undefined) throw refuse('file', "Missing required parameter: 'file'.");
  return examples;
}
