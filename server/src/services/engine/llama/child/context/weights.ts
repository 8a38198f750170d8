import { InsufficientMemoryError, type Llama, type LlamaModel } from 'node-llama-cpp';
import { EngineFailure } from '../engine-failure.ts';
import { told } from '../../../../../errors/told.ts';

/** Weights in memory, once for each file however many contexts are over them. Loads and unloads come one after the other. */
export class Weights {
  readonly #held = new Map<string, { model: LlamaModel; users: number }>();

  async take(llama: Llama, path: string): Promise<LlamaModel> {
    const held = this.#held.get(path) ?? { model: await loadModel(llama, path), users: 0 };
    held.users++;
    this.#held.set(path, held);
    return held.model;
  }

  async giveBack(path: string): Promise<void> {
    const held = this.#held.get(path);
    if (held === undefined || --held.users > 0) return;
    this.#held.delete(path);
    await held.model.dispose();
  }
}

async function loadModel(llama: Llama, modelPath: string): Promise<LlamaModel> {
  try {
    return await llama.loadModel({ modelPath });
  } catch (error) {
    if (!(error instanceof InsufficientMemoryError)) throw error;
    throw new EngineFailure(
      'model_unavailable',
      told`There is not enough memory for this model; choose a smaller one.`,
    );
  }
}
