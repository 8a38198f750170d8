import { z } from 'zod';
import { collectionName, text, timestamp } from './common.ts';
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

const positive = z.number().positive();

/** What is not given is what serves well for most examples. */
export const hyperparametersSchema = z.strictObject({
  targets: z
    .enum(['all', 'feed_forward'])
    .optional()
    .describe('Which matrices of a layer are changed: all, or those of the feed-forward net.'),
  rank: z.int().min(1).max(256).optional(),
  alpha: positive.max(1_024).optional(),
  learning_rate: positive.max(1).optional(),
  epochs: z.int().min(1).max(1_000).optional(),
  tokens_per_step: z.int().min(1).max(65_536).optional(),
  clip: positive.optional(),
  weight_decay: z.number().min(0).max(1).optional(),
  warm_up: z.number().min(0).max(1).optional().describe('Share of the steps in which the rate rises.'),
  patience: z.int().min(1).max(1_000).optional().describe('Epochs without progress after which it ends.'),
  seed: z.int().min(0).max(0xffff_ffff).optional(),
});

/** All with examples only. */
export const trainOptionFields = {
  base_model: text(200).min(1).optional().describe('The model that learns; by default the one that answers.'),
  hyperparameters: hyperparametersSchema.optional().describe('With examples only.'),
  publish: z
    .enum(['auto', 'manual'])
    .optional()
    .describe('`auto`, the default: the trained model answers as soon as the gate accepts it.'),
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
};
const trainOptionsSchema = z.object(trainOptionFields);
export type TrainOptions = z.infer<typeof trainOptionsSchema>;

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
    collection: collectionName.optional().describe('Of documents that do not name their own.'),
    ...trainOptionFields,
  })
  .refine(
    ({ documents, examples, from_feedback: feedback }) =>
      documents !== undefined || examples !== undefined || feedback !== undefined,
    'needs documents or examples',
  )
  .meta({ id: 'TrainRequest' });
export type TrainRequest = z.input<typeof trainRequestSchema>;

const gateCheckSchema = z.object({
  name: z.string(),
  before: z.number().nullable().describe('Of the base alone; null: no number came of it.'),
  after: z.number().nullable(),
  limit: z.number().nullable().describe('null for what is told and not judged.'),
  passed: z.boolean(),
});

export type GateCheck = z.infer<typeof gateCheckSchema>;

export const gateSchema = z.object({ accepted: z.boolean(), checks: z.array(gateCheckSchema) });

/** The `result` of a training that made something. */
export const trainingResultSchema = z.object({
  version: z.string(),
  base_model: z.string(),
  accepted: z.boolean(),
  published: z.boolean().describe('Whether it answered as soon as it was made.'),
  gate: z.array(gateCheckSchema),
  examples: z.int(),
  sets_left_out: z.int(),
  warnings: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type TrainingResult = z.infer<typeof trainingResultSchema>;

/** What training made over a model, and what it was made from and judged by. */
export const trainingVersionSchema = z
  .object({
    id: z.string(),
    base_model: z.string(),
    base_sha256: z.string(),
    adapter: z.string().describe('The digest of the LoRA adapter: `sha256:` and 64 hexadecimal digits.'),
    bytes: z.int(),
    job: z.string(),
    owner: z.string(),
    data: z.object({
      sets: z.array(z.string()),
      examples: z.int(),
      sha256: z.string(),
      sets_left_out: z.int().describe('Older sets that did not fit into the limits any more.'),
    }),
    gate: gateSchema,
    override: z
      .object({ user: z.string(), reason: z.string(), at: timestamp })
      .nullable()
      .describe('Who published it although the gate had rejected it, and why.'),
    in_force: z.boolean().describe('Whether it answers now.'),
    created_at: timestamp,
  })
  .meta({ id: 'TrainingVersion' });
export type TrainingVersion = z.infer<typeof trainingVersionSchema>;

export const trainingVersionPageSchema = z.object({
  items: z.array(trainingVersionSchema),
  next: z.string().nullable(),
});
export type TrainingVersionPage = z.infer<typeof trainingVersionPageSchema>;
export const versionParamsSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const publishRequestSchema = z
  .strictObject({
    reason: text(1_000).min(1).optional().describe('Needed to publish what the gate has rejected; it is kept.'),
  })
  .meta({ id: 'PublishRequest' });

export const rollbackRequestSchema = z
  .strictObject({ base_model: text(200).min(1).optional().describe('By default the model that answers.') })
  .meta({ id: 'RollbackRequest' });

/** What answers for a model. */
export const inForceSchema = z
  .object({
    base_model: z.string(),
    version: z.string().nullable().describe('null: the model as it came.'),
    previous: z.string().nullable().describe('What a rollback brings back; null: the model as it came.'),
    changed_at: timestamp,
  })
  .meta({ id: 'VersionInForce' });
export type VersionInForce = z.infer<typeof inForceSchema>;
