import { z } from 'zod';
import { collectionName, text } from './common.ts';
import { endUserSchema } from './end-user.ts';

export const maxQuestionLength = 4_000;

export const languageSchema = z.enum(['pt', 'en']);

/** How the model chooses words; absent fields take the defaults: greedy, so that the same question gets the same answer. */
export const samplingSchema = z
  .strictObject({
    temperature: z.number().min(0).max(2).optional().describe('0 is greedy, the default.'),
    top_p: z.number().gt(0).max(1).optional(),
    top_k: z.int().min(0).max(1_000).optional().describe('0: no limit.'),
    seed: z.int().min(0).max(2_147_483_647).optional(),
    max_tokens: z.int().min(1).max(4_096).optional(),
    stop: z.array(text(100).min(1)).max(8).optional(),
  })
  .meta({ id: 'Sampling' });
export type Sampling = z.infer<typeof samplingSchema>;

export const askRequestSchema = z
  .strictObject({
    question: text(maxQuestionLength).refine((value) => value.trim() !== '', 'must not be empty'),
    collections: z.array(collectionName).min(1).max(100).optional().describe('Absent: all that the token may use.'),
    conversation_id: z.string().min(1).max(64).optional().describe('Absent: a new conversation.'),
    model: text(200).min(1).optional().describe('Absent: the configured model.'),
    language: languageSchema.optional().describe('Absent: that of the question.'),
    stream: z.boolean().default(false).describe('true: the reply is text/event-stream.'),
    options: samplingSchema.optional(),
    act_as: endUserSchema.optional(),
    trace: z.boolean().default(false).describe('true: the reply says what each stage decided.'),
  })
  .meta({ id: 'AskRequest' });
export type AskRequest = z.input<typeof askRequestSchema>;

const documentRef = z.object({ id: z.string(), title: z.string(), revision: z.int() });
const span = {
  page: z.int().nullable().describe('From 1; null for formats without pages.'),
  start: z.int().min(0).describe('UTF-16 offset into the text of this revision of the document.'),
  end: z.int().min(0),
};

/** A stretch of a document the model was given, or, in `nearest`, that came close. */
export const sourceSchema = z
  .object({
    number: z.int().min(1),
    document: documentRef,
    section: z.array(z.string()).describe('Headings above it, outermost first.'),
    ...span,
    text: z.string(),
    score: z.number().describe('Only its order means something.'),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceSchema>;

export const citationSchema = z
  .object({
    marker: z.int().min(1).describe('The [n] in the answer.'),
    document: documentRef,
    ...span,
    quote: z.string().describe('Exactly the text of the document from start to end.'),
    score: z.number().min(0).max(1).describe('Share of the sentence that the quote covers.'),
  })
  .meta({ id: 'Citation' });
export type Citation = z.infer<typeof citationSchema>;

export const refusalSchema = z
  .object({
    code: z.enum(['no_evidence', 'no_permitted_documents', 'not_supported', 'model_unavailable']),
    message: z.string(),
  })
  .meta({ id: 'Refusal' });
export type Refusal = z.infer<typeof refusalSchema>;

export const answerSchema = z
  .object({
    id: z.string(),
    conversation_id: z.string().nullable().describe('null: the turn could not be stored.'),
    answered: z.boolean(),
    mode: z
      .enum(['generated', 'extractive', 'cached'])
      .describe('extractive: a verbatim quotation, for want of a model or of support for what it wrote.'),
    answer: z.string().describe('With [n] markers; the message of the refusal when not answered.'),
    citations: z.array(citationSchema),
    sentences: z
      .array(
        z.object({
          start: z.int().min(0).describe('UTF-16 offset into the answer.'),
          end: z.int().min(0),
          supported: z.boolean(),
          citations: z.array(z.int()),
        }),
      )
      .describe('Each sentence, and whether a quote covers it with every number and name in it.'),
    refusal: refusalSchema.nullable(),
    nearest: z.array(sourceSchema).describe('What came closest, when not answered.'),
    language: languageSchema,
    model: z.string().nullable().describe('null: there is none on this machine.'),
    usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int() }),
    timings: z
      .object({
        retrieve_ms: z.number(),
        first_token_ms: z.number().nullable().describe('null: no model wrote.'),
        total_ms: z.number(),
      })
      .describe('Milliseconds from the arrival of the question.'),
    trace: z.looseObject({}).optional().describe('What each stage decided, when asked for.'),
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof answerSchema>;

/** The events of a streamed answer, by name: `sources` first, `finish` last; `error` may come at any time and is the last then. */
export const answerEventSchemas = {
  sources: z.object({ sources: z.array(sourceSchema) }),
  'text-delta': z.object({ delta: z.string() }),
  citation: z.object({ citation: citationSchema }),
  finish: z.object({
    answer: answerSchema,
    replace: z.boolean().describe('true: the text of the answer takes the place of the deltas.'),
  }),
};
export type AnswerEvent =
  | ({ type: 'sources' } & z.infer<(typeof answerEventSchemas)['sources']>)
  | ({ type: 'text-delta' } & z.infer<(typeof answerEventSchemas)['text-delta']>)
  | ({ type: 'citation' } & z.infer<(typeof answerEventSchemas)['citation']>)
  | ({ type: 'finish' } & z.infer<(typeof answerEventSchemas)['finish']>);
