import { describe, expect, it } from 'vitest';
import { createUsableModels, type UsableModels } from '../../../src/core/completions/usable-models.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { ModelDescription } from '../../../src/models/model-description.ts';
import { bundledModel } from '../../support/ask-setup.ts';
import { ana } from '../../support/principals.ts';
import { samplePersona } from '../../support/sample-persona.ts';

const modifiedAt = new Date(7000);

function usableModels(): UsableModels {
  const listed = (name: string, installed: boolean) => ({
    profile: { ...bundledModel, name },
    configured: false,
    installed,
  });
  return createUsableModels({
    files: {
      describe: async (name) => {
        if (name === 'damaged') throw new AppError('model_unavailable');
        return { modifiedAt } as ModelDescription;
      },
    },
    models: { list: async () => [listed('nano', true), listed('damaged', true), listed('absent', false)] },
    personas: { list: async () => [samplePersona('mario:latest', { base: 'nano' }), samplePersona('billumy:latest')] },
  });
}

const keyFor = (...models: string[]) => ({ ...ana, models });
const namesFor = async (...models: string[]): Promise<string[]> =>
  (await usableModels().list(keyFor(...models))).map(({ name }) => name);

describe('the models that a caller may name', () => {
  it('are the personas and what is on this machine', async () => {
    expect(await usableModels().list(ana)).toEqual([
      { name: 'mario:latest', createdAt: new Date(1000), isPersona: true },
      { name: 'billumy:latest', createdAt: new Date(1000), isPersona: true },
      { name: 'nano', createdAt: modifiedAt, isPersona: false },
      { name: 'damaged', createdAt: null, isPersona: false },
    ]);
  });

  it('are those that the key allows, and personas over them', async () => {
    expect(await namesFor('nano:latest')).toEqual(['mario:latest', 'nano']);
    expect(await namesFor('BILLUMY')).toEqual(['billumy:latest']);
    expect(await namesFor()).toEqual([]);
  });

  it('are found however their name is written, unless the key does not allow it', async () => {
    for (const name of ['mario', 'Mario:latest', 'registry.ollama.ai/library/mario']) {
      expect(await usableModels().find(name, ana)).toMatchObject({ name: 'mario:latest' });
    }
    expect(await usableModels().find('luigi', ana)).toBeUndefined();
    expect(await usableModels().find('mario', keyFor('damaged'))).toBeUndefined();
  });
});
