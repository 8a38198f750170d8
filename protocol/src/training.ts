import { z } from 'zod';
import { collectionName, text } from './common.ts';
import { newDocumentSchema } from './documents.ts';

const exampleText = text(100_000).min(1);

/** The forms of an example, by a field that tells them apart. */
export const trainingExampleForms = {
  prompt: z.strictObject({ prompt: exampleText, completion: exampleText }),
  question: z.strictObject({ question: exampleText, answer: exampleText, context: exampleText.optional() }),
  messages: z.strictObject({
    messages: z
      .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: exampleText }))
      .min(2)
      .max(1_000)
      .refine((messages) => messages.at(-1)?.role === 'assistant', 'must end with a message of the assistant'),
  }),
};

/** What a model learns from: one of `examples`, or one line of a JSONL file. */
export const trainingExampleSchema = z.union(Object.values(trainingExampleForms));
export type TrainingExample = z.infer<typeof trainingExampleSchema>;

/** Documents become knowledge, examples become weights; each needs the other not. */
export const trainRequestSchema = z
  .strictObject({
    documents: z.array(newDocumentSchema).min(1).max(10_000).optional(),
    examples: z
      .array(z.looseObject({}))
      .min(1)
      .max(100_000)
      .optional()
      .describe('Each `{prompt, completion}`, `{question, answer, context?}` or `{messages: [{role, content}]}`.'),
    from_feedback: z
      .literal(true)
      .optional()
      .describe(
        'Also learns from answers in conversations that were found good, and from corrections as they were given.',
      ),
    allow_personal_data: z
      .boolean()
      .optional()
      .describe(
        'Numbers of payment cards, CPF and CNPJ in examples are refused unless true: a model may tell what it learned.',
      ),
    collection: collectionName.optional().describe('Of documents that do not name their own.'),
    base_model: text(200).min(1).optional().describe('With examples only.'),
    hyperparameters: z
      .record(text(64).min(1), z.union([z.number(), z.boolean(), text(200)]))
      .optional()
      .describe('With examples only.'),
    publish: z
      .enum(['auto', 'manual'])
      .optional()
      .describe('With examples only: whether the trained model answers as soon as it is better.'),
  })
  .refine(
    ({ documents, examples, from_feedback: feedback }) =>
      documents !== undefined || examples !== undefined || feedback !== undefined,
    'needs documents or examples',
  )
  .meta({ id: 'TrainRequest' });
export type TrainRequest = z.input<typeof trainRequestSchema>;
