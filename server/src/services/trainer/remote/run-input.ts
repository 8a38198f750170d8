import { createHash } from 'node:crypto';
import type { TrainingItem, TrainingRun } from '../../../ports/trainer.ts';

/** One JSON object per line, as OpenAI's trainers read examples. */
export function* linesOf(items: readonly TrainingItem[]): Generator<string> {
  for (const { example } of items) {
    const prompt = example.prompt.map(({ role, text }) => ({ role, content: text }));
    const messages = [...prompt, { role: 'assistant', content: example.answer }];
    yield `${JSON.stringify({ messages })}\n`;
  }
}

/** OpenAI's `n_epochs`; what OpenAI does not have is called as the libraries peft and transformers call it. */
export function hyperparametersOf({ hyperparameters }: TrainingRun): Readonly<Record<string, number | string>> {
  return {
    n_epochs: hyperparameters.epochs,
    lora_targets: hyperparameters.targets,
    lora_rank: hyperparameters.rank,
    lora_alpha: hyperparameters.alpha,
    learning_rate: hyperparameters.learningRate,
    tokens_per_step: hyperparameters.tokensPerStep,
    max_grad_norm: hyperparameters.clip,
    weight_decay: hyperparameters.weightDecay,
    warmup_ratio: hyperparameters.warmUp,
    early_stopping_patience: hyperparameters.patience,
  };
}

/** Tells a run from another one with the same id. */
export function fingerprintOf(run: TrainingRun): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([run.base.sha256, hyperparametersOf(run), run.hyperparameters.seed]));
  for (const items of [run.training, run.validation]) {
    hash.update('\n');
    for (const line of linesOf(items)) hash.update(line);
  }
  return hash.digest('hex');
}
