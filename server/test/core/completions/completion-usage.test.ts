import { expect, it } from 'vitest';
import { AppError } from '../../../src/errors/app-error.ts';
import { bundledModel } from '../../support/ask-setup.ts';
import { chat, setUpCompletions, usualContext } from '../../support/completions-setup.ts';

it('asks for tokens left, and counts what was used, also of one that is left early', async () => {
  const { completions, charged } = setUpCompletions();
  for await (const part of completions.complete(chat('nano', 'Olá'), usualContext)) {
    if (part.type === 'text-delta') break;
  }
  expect(charged).toEqual([{ model: 'nano', usage: { promptTokens: 1, cachedTokens: 0, completionTokens: 1 } }]);
  const { collect } = setUpCompletions({ tokensLeft: false });
  await expect(collect(chat('nano', 'Olá'))).rejects.toMatchObject({ code: 'quota_exceeded' });
});

it('counts all words of a part that came before its reader left, and a prompt that cannot be counted as a full one', async () => {
  const countTokens = (text: string): number => {
    if (text.includes('?')) throw new AppError('context_too_long');
    return text.split(' ').length;
  };
  const { completions, charged } = setUpCompletions({
    script: { countTokens, generate: () => ({ deltas: ['um dois três', ' quatro'] }) },
  });
  for await (const part of completions.complete(chat('nano', 'Quantos?'), usualContext)) {
    if (part.type === 'text-delta') break;
  }
  const usage = { promptTokens: bundledModel.contextTokens, cachedTokens: 0, completionTokens: 3 };
  expect(charged).toEqual([{ model: 'nano', usage }]);
});
