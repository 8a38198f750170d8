import {
  conversationChangeSchema,
  conversationPageQuery,
  conversationPageSchema,
  conversationParamsSchema,
  conversationQuery,
  conversationSchema,
  conversationWithMessagesSchema,
  feedbackSchema,
  type Conversation as ConversationBody,
  type Message as MessageBody,
} from '@billumy/protocol';
import { z } from 'zod';
import type { Conversations } from '../core/conversations/conversations.ts';
import type { Conversation, RatedMessage } from '../models/conversation.ts';
import { toAnswerBody } from './bodies/answer-bodies.ts';
import type { App } from './http/route.ts';

const config = { access: { scope: 'ask' } } as const;
const tags = ['conversations'];
const noContent = z.void();

/** Everything under `/conversations`. */
export function conversationRoutes(conversations: Conversations): (app: App) => void {
  return (app) => {
    readingRoutes(app, conversations);
    changingRoutes(app, conversations);
  };
}

function readingRoutes(app: App, conversations: Conversations): void {
  app.get(
    '/conversations',
    {
      config,
      schema: {
        tags,
        summary: 'List conversations, last changed first',
        querystring: conversationPageQuery,
        response: { 200: conversationPageSchema },
      },
    },
    async ({ principal, query }) => {
      const page = { limit: query.limit, after: query.after ?? null };
      const { items, next } = await conversations.list({ principal, endUser: query.end_user }, page);
      return { items: items.map(toConversationBody), next };
    },
  );
  app.get(
    '/conversations/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Get a conversation with its messages',
        params: conversationParamsSchema,
        querystring: conversationQuery,
        response: { 200: conversationWithMessagesSchema },
      },
    },
    async ({ principal, query, params }) => {
      const asker = { principal, endUser: query.end_user };
      const { conversation, messages } = await conversations.get(asker, params.id);
      return { ...toConversationBody(conversation), messages: messages.map(toMessageBody) };
    },
  );
}

function changingRoutes(app: App, conversations: Conversations): void {
  const params = conversationParamsSchema;
  const querystring = conversationQuery;
  app.patch(
    '/conversations/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Rename a conversation',
        params,
        querystring,
        body: conversationChangeSchema,
        response: { 200: conversationSchema },
      },
    },
    async ({ principal, query, params: { id }, body: { title } }) =>
      toConversationBody(await conversations.rename({ principal, endUser: query.end_user }, { id, title })),
  );
  app.delete(
    '/conversations/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a conversation with everything in it',
        params,
        querystring,
        response: { 204: noContent },
      },
    },
    async ({ principal, query, params: { id } }, reply) => {
      await conversations.delete({ principal, endUser: query.end_user }, id);
      return reply.status(204).send();
    },
  );
  app.post(
    '/conversations/:id/feedback',
    {
      config,
      schema: {
        tags,
        summary: 'Rate an answer, or correct it',
        params,
        querystring,
        body: feedbackSchema,
        response: { 204: noContent },
      },
    },
    async ({ principal, query, params: { id }, body }, reply) => {
      await conversations.giveFeedback(
        { principal, endUser: query.end_user },
        {
          id,
          messageId: body.message_id,
          rating: body.rating,
          comment: body.comment ?? null,
          correction: body.correction ?? null,
        },
      );
      return reply.status(204).send();
    },
  );
}

function toConversationBody({ id, title, endUser, createdAt, updatedAt }: Conversation): ConversationBody {
  return {
    id,
    title,
    end_user: endUser,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

function toMessageBody({ id, role, text, createdAt, answer, rating }: RatedMessage): MessageBody {
  return {
    id,
    role,
    text,
    created_at: createdAt.toISOString(),
    answer: answer === null ? null : toAnswerBody(answer, { trace: false }),
    rating,
  };
}
