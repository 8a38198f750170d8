import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/core/ask/ask.ts';
import type { Question } from '../../../src/core/ask/question.ts';
import { createAskAsPersona } from '../../../src/core/completions/ask-as-persona.ts';
import type { LanguageModels } from '../../../src/core/language-models/language-models.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Persona } from '../../../src/models/persona.ts';
import { bundledModel, largerModel } from '../../support/ask-setup.ts';
import { ana } from '../../support/principals.ts';
import { sampleAnswer } from '../../support/sample-answer.ts';
import { samplePersona } from '../../support/sample-persona.ts';

const signal = new AbortController().signal;

/** What `ask` is given for a question, with this persona under the name `mario`. */
async function asked(
  question: Partial<Question>,
  {
    persona = {},
    models = null,
    installed = true,
  }: { persona?: Partial<Persona>; models?: readonly string[] | null; installed?: boolean } = {},
): Promise<Question | undefined> {
  let given: Question | undefined;
  const ask: Pick<Ask, 'answer'> = {
    answer: async (each) => {
      given = each;
      return sampleAnswer();
    },
  };
  const languageModels: Pick<LanguageModels, 'named' | 'forAnswers'> = {
    named: async (name) => ({ ...largerModel, name }),
    forAnswers: async (name = bundledModel.name) => {
      if (!installed) throw new AppError('model_unavailable');
      if (name !== bundledModel.name) throw new AppError('model_unknown');
      return bundledModel;
    },
  };
  const asPersona = createAskAsPersona({
    ask: ask as Ask,
    models: languageModels as LanguageModels,
    personas: {
      find: async (name) => {
        if (name.startsWith('/')) throw new AppError('invalid_request');
        return name === 'mario' ? samplePersona('mario:latest', persona) : undefined;
      },
    },
  });
  await asPersona.answer({ text: 'Qual é o prazo?', ...question }, { principal: { ...ana, models }, signal });
  return given;
}

describe('a question to a persona', () => {
  it('is answered by its base with its adapter, from its collections', async () => {
    const persona = { base: 'maior', adapter: 'sha256:1', knowledge: { collections: ['rh'] } };
    expect(await asked({ model: 'mario' }, { persona })).toEqual({
      text: 'Qual é o prazo?',
      model: undefined,
      profile: { ...largerModel, name: 'maior' },
      adapter: 'sha256:1',
      collections: ['rh'],
    });
  });

  it('may be asked of other collections', async () => {
    const persona = { knowledge: { collections: ['rh'] } };
    expect(await asked({ model: 'mario', collections: ['vendas'] }, { persona })).toMatchObject({
      collections: ['vendas'],
    });
  });

  it('is answered by the configured model when it has no base, and by quotations while there is none', async () => {
    expect(await asked({ model: 'mario' }, { persona: { base: null } })).toMatchObject({ profile: bundledModel });
    const without = await asked({ model: 'mario' }, { persona: { base: null }, installed: false });
    expect(without).toMatchObject({ model: undefined, profile: undefined });
  });

  it('is what a key asks that names no model, and may use nothing but personas', async () => {
    const persona = { base: 'maior' };
    const limited = await asked({}, { persona, models: ['gone', 'mario'] });
    expect(limited).toMatchObject({ model: undefined, profile: { name: 'maior' } });
    for (const models of [null, ['mario', bundledModel.name]]) {
      expect(await asked({}, { persona, models })).toEqual({ text: 'Qual é o prazo?' });
    }
  });

  it('is refused to a key that may use neither the persona nor its base', async () => {
    const persona = { base: 'maior' };
    await expect(asked({ model: 'mario' }, { persona, models: ['outro'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await asked({ model: 'mario' }, { persona, models: ['mario'] })).toBeDefined();
  });

  it.each(['nano', '/models/nano.gguf', undefined])('leaves a question to %s as it is', async (model) => {
    expect(await asked({ model })).toEqual({ text: 'Qual é o prazo?', model });
  });
});
