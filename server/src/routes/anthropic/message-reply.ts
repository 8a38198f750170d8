import { z } from 'zod';
import type { Citation } from '../../models/answer.ts';
import type { TokenUsage } from '../../models/language-model.ts';
import type { StartedPart } from '../dialects/begin-completion.ts';

const citationSchema = z.object({
  type: z.literal('char_location'),
  cited_text: z.string(),
  document_index: z.int().describe('Among the documents that this text cites.'),
  document_title: z.string(),
  start_char_index: z.int(),
  end_char_index: z.int(),
  file_id: z.string().describe('Of the document: GET /documents/{id}.'),
});
const blockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.object({ type: z.literal('text'), text: z.string(), citations: z.array(citationSchema).nullable() }),
  z.object({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
]);
export type Block = z.infer<typeof blockSchema>;

const usageSchema = z.object({
  input_tokens: z.int().describe('Those that were not in the cache.'),
  cache_creation_input_tokens: z.int(),
  cache_read_input_tokens: z.int(),
  output_tokens: z.int(),
});
const stopReason = z.enum(['end_turn', 'max_tokens', 'stop_sequence', 'tool_use']);

export const messageReplySchema = z.object({
  id: z.string(),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(blockSchema),
  stop_reason: stopReason.nullable(),
  stop_sequence: z.string().nullable(),
  usage: usageSchema,
});
export type MessageReply = z.infer<typeof messageReplySchema>;

const noUsage: TokenUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** A message before anything is written. */
export function newMessage(id: string, model: string): MessageReply {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: toUsage(noUsage),
  };
}

export function toUsage({ promptTokens, cachedTokens, completionTokens }: TokenUsage): MessageReply['usage'] {
  return {
    input_tokens: promptTokens - cachedTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cachedTokens,
    output_tokens: completionTokens,
  };
}

type Finish = Extract<StartedPart, { type: 'finish' }>;

export function toStop({ reason, stoppedBy }: Finish): Pick<MessageReply, 'stop_reason' | 'stop_sequence'> {
  if (reason === 'tool-calls') return { stop_reason: 'tool_use', stop_sequence: null };
  if (reason === 'length') return { stop_reason: 'max_tokens', stop_sequence: null };
  return stoppedBy === undefined
    ? { stop_reason: 'end_turn', stop_sequence: null }
    : { stop_reason: 'stop_sequence', stop_sequence: stoppedBy };
}

export function toCitations(citations: readonly Citation[]): z.infer<typeof citationSchema>[] {
  const documents = [...new Set(citations.map(({ document }) => document.id))];
  return citations.map(({ document, quote, start, end }) => ({
    type: 'char_location',
    cited_text: quote,
    document_index: documents.indexOf(document.id),
    document_title: document.title,
    start_char_index: start,
    end_char_index: end,
    file_id: document.id,
  }));
}
