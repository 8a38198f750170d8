import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import { greedySampling } from '../../models/language-model.ts';
import type { TrainingVersion } from '../../models/training-version.ts';
import type { Engine } from '../../ports/engine.ts';

const canary = 'Olá! Hello!';
const canaryTokens = 8;

/**
 * Loads the base with the adapter and lets it write some words, so that whoever asks after the switch neither waits for
 * it nor meets an adapter that does not work. Rejects as the engine does.
 */
export async function warm(
  engine: Pick<Engine, 'generate'>,
  { base, adapter }: Pick<TrainingVersion, 'base' | 'adapter'>,
  signal: AbortSignal,
): Promise<void> {
  const prompt = { type: 'chat', messages: [{ role: 'user', text: canary }] } as const;
  const sampling = { ...greedySampling, maxTokens: canaryTokens };
  for await (const part of engine.generate({ model: base, adapter, prompt, sampling }, { signal })) {
    if (part.type === 'finish') return;
  }
  throw new AppError('engine_failed', { detail: told`The model with the new adapter did not answer.` });
}

/** Lets an adapter leave the memory as soon as no call uses it; whoever asks for it later has it loaded again. */
export async function letGo(
  engine: Pick<Engine, 'load'>,
  { base, adapter }: Pick<TrainingVersion, 'base' | 'adapter'>,
): Promise<void> {
  await engine.load(base, { adapter, keepAliveMs: 0, signal: new AbortController().signal });
}
