import { z } from 'zod';
import { answerSchema } from './ask.ts';
import { pageQuery, text, timestamp } from './common.ts';

export const conversationSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    end_user: z.string().nullable().describe('The person a backend acted for.'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversationSchema>;

const ratingSchema = z.enum(['up', 'down']);

export const messageSchema = z
  .object({
    id: z.string(),
    role: z.enum(['user', 'assistant']),
    text: z.string(),
    created_at: timestamp,
    answer: answerSchema.nullable().describe('The whole reply, for messages of the assistant.'),
    rating: ratingSchema.nullable().describe('Of the last feedback on it; null for none.'),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof messageSchema>;

export const conversationWithMessagesSchema = conversationSchema
  .extend({ messages: z.array(messageSchema).describe('Oldest first; the last 200.') })
  .meta({ id: 'ConversationWithMessages' });
export type ConversationWithMessages = z.infer<typeof conversationWithMessagesSchema>;

export const conversationPageSchema = z.object({ items: z.array(conversationSchema), next: z.string().nullable() });
export type ConversationPage = z.infer<typeof conversationPageSchema>;

const endUser = text(64)
  .min(1)
  .optional()
  .describe('Conversations of this end user; the token needs the scope act_as.');

export const conversationParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });
export const conversationQuery = z.strictObject({ end_user: endUser });
export const conversationPageQuery = pageQuery.extend({ end_user: endUser });

export const conversationChangeSchema = z
  .strictObject({ title: text(200).refine((value) => value.trim() !== '', 'must not be empty') })
  .meta({ id: 'ConversationChange' });
export type ConversationChange = z.infer<typeof conversationChangeSchema>;

export const feedbackSchema = z
  .strictObject({
    message_id: z.string().min(1).max(64).describe('The id of the answer.'),
    rating: ratingSchema,
    comment: text(4_000).optional(),
    correction: text(8_000).optional().describe('What the answer should have been.'),
  })
  .meta({ id: 'Feedback' });
export type Feedback = z.infer<typeof feedbackSchema>;
