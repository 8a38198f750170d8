import { z } from 'zod';
import type { TrainingOptions } from '../../../core/training/accept-training.ts';
import { optional } from '../../dialects/fields.ts';
import { fromFileId } from './files-form.ts';

const automatic = z.literal('auto');
const hyperparametersSchema = z.looseObject({
  n_epochs: optional(z.union([automatic, z.int().min(1).max(1_000)])),
  // Steps have a size in tokens here, and rates are what they are.
  batch_size: optional(automatic),
  learning_rate_multiplier: optional(automatic),
  lora_targets: optional(z.enum(['all', 'feed_forward'])),
  lora_rank: optional(z.int().min(1).max(256)),
  lora_alpha: optional(z.number().positive().max(1_024)),
  learning_rate: optional(z.number().positive().max(1)),
  tokens_per_step: optional(z.int().min(1).max(65_536)),
  max_grad_norm: optional(z.number().positive()),
  weight_decay: optional(z.number().min(0).max(1)),
  warmup_ratio: optional(z.number().min(0).max(1)),
  early_stopping_patience: optional(z.int().min(1).max(1_000)),
});

const largestSeed = 2 ** 32 - 1;

export const newJobSchema = z.looseObject({
  model: z.string().min(1).max(200).describe('The model that learns.'),
  training_file: z.string().min(1).max(200),
  validation_file: optional(z.never({ error: 'what is held out is chosen here: leave it out' })),
  seed: optional(z.int().min(0).max(largestSeed)),
  hyperparameters: optional(hyperparametersSchema).describe('As older clients send them.'),
  method: optional(
    z.looseObject({
      type: z.literal('supervised', { error: "only 'supervised' is supported" }),
      supervised: optional(z.looseObject({ hyperparameters: optional(hyperparametersSchema) })),
    }),
  ),
});
export type NewJobBody = z.output<typeof newJobSchema>;

/** What is to be trained with, and how. */
export function toTraining(body: NewJobBody): { fileId: string; options: TrainingOptions } {
  const given = body.method?.supervised?.hyperparameters ?? body.hyperparameters ?? {};
  return {
    fileId: fromFileId(body.training_file),
    options: {
      base: body.model,
      hyperparameters: {
        ...only('epochs', given.n_epochs === 'auto' ? null : given.n_epochs),
        targets: given.lora_targets ?? undefined,
        ...only('rank', given.lora_rank),
        ...only('alpha', given.lora_alpha),
        ...only('learningRate', given.learning_rate),
        ...only('tokensPerStep', given.tokens_per_step),
        ...only('clip', given.max_grad_norm),
        ...only('weightDecay', given.weight_decay),
        ...only('warmUp', given.warmup_ratio),
        ...only('patience', given.early_stopping_patience),
        ...only('seed', body.seed),
      },
    },
  };
}

function only<Name extends string>(name: Name, value: number | null | undefined): { [N in Name]?: number } {
  return (typeof value === 'number' ? { [name]: value } : {}) as { [N in Name]?: number };
}
