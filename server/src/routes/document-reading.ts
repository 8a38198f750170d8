import {
  collectionPageSchema,
  contentQuery,
  documentContentSchema,
  documentPageQuery,
  documentPageSchema,
  documentParamsSchema,
  documentSchema,
  pageQuery,
  passagePageSchema,
  passageQuery,
} from '@billumy/protocol';
import { z } from 'zod';
import type { Knowledge } from '../core/knowledge/knowledge.ts';
import { attachment } from './http/attachment.ts';
import { toDocumentBody } from './bodies/document-bodies.ts';
import type { App } from './http/route.ts';
import { readerLanguage } from './http/reader-language.ts';

const tags = ['documents'];
const mayRead = { access: { scope: 'ask' } } as const;

/** What can be read of documents. */
export function documentReadingRoutes(app: App, knowledge: Knowledge): void {
  listRoutes(app, knowledge);
  contentRoute(app, knowledge);
  passageRoute(app, knowledge);
}

function listRoutes(app: App, knowledge: Knowledge): void {
  app.get(
    '/documents',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'List documents, newest first',
        querystring: documentPageQuery,
        response: { 200: documentPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null, collection, status } }, reply) => {
      const { items, next } = await knowledge.list(principal, { collection, status }, { limit, after });
      const language = readerLanguage(reply);
      return { items: items.map((document) => toDocumentBody(document, language)), next };
    },
  );
  app.get(
    '/documents/:id',
    {
      config: mayRead,
      schema: { tags, summary: 'Get a document', params: documentParamsSchema, response: { 200: documentSchema } },
    },
    async ({ principal, params: { id } }, reply) =>
      toDocumentBody(await knowledge.get(principal, id), readerLanguage(reply)),
  );
  app.get(
    '/collections',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'List collections by name, with the number of documents you may see',
        querystring: pageQuery,
        response: { 200: collectionPageSchema },
      },
    },
    async ({ principal, query: { limit, after = null } }) => {
      const { items, next } = await knowledge.collections(principal, { limit, after });
      return { items: [...items], next };
    },
  );
}

function passageRoute(app: App, knowledge: Knowledge): void {
  app.get(
    '/documents/:id/passages',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'List where the text of a document was cut for searching',
        params: documentParamsSchema,
        querystring: passageQuery,
        response: { 200: passagePageSchema },
      },
    },
    async ({ principal, params: { id }, query: { revision, limit, after = 0 } }) => {
      const passages = await knowledge.passages(principal, { id, revision });
      const items = passages.slice(after, after + limit).map(({ ordinal, section, page, start, end }) => ({
        number: ordinal + 1,
        section: [...section],
        page,
        start,
        end,
      }));
      return { items, next: after + limit < passages.length ? after + limit : null };
    },
  );
}

function contentRoute(app: App, knowledge: Knowledge): void {
  app.get(
    '/documents/:id/content',
    {
      config: mayRead,
      schema: {
        tags,
        summary: 'Get the text that citations point into, or the original file',
        params: documentParamsSchema,
        querystring: contentQuery,
        response: {
          200: {
            description: 'The text, or with `format=original` the file as a download.',
            content: {
              'application/json': { schema: documentContentSchema },
              'application/octet-stream': { schema: z.string() },
            },
          },
        },
      },
    },
    async ({ principal, params: { id }, query: { revision, format } }, reply) => {
      if (format === 'original') return attachment(reply, await knowledge.original(principal, { id, revision }));
      const { sections, pages, ...content } = await knowledge.content(principal, { id, revision });
      const copied = sections.map(({ start, path }) => ({ start, path: [...path] }));
      return { ...content, sections: copied, pages: [...pages] };
    },
  );
}
