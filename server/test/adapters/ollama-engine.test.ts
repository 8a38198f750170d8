import { afterAll, describe, vi } from 'vitest';
import { engineContract, type EngineHarness } from '../contracts/engine-contract.ts';
import { engineFormatContract } from '../contracts/engine-format-contract.ts';
import { enginePromptContract } from '../contracts/engine-prompt-contract.ts';
import { engineSamplingContract } from '../contracts/engine-sampling-contract.ts';
import { engineStreamContract } from '../contracts/engine-stream-contract.ts';
import { question } from '../support/engine-calls.ts';
import { createOllamaModel, removeOllamaModel } from '../support/ollama.ts';
import { once } from '../support/once.ts';
import { openRemote } from '../support/remote-engine.ts';
import { writeTinyModel } from '../support/synthetic-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 90_000 });

/** An Ollama on which models may be made: see `scripts/engines/build-ollama.sh`. */
const url = process.env['OLLAMA_TEST_URL'] ?? '';
const folder = await temporaryFolder();
const endless = folder.file('endless.gguf');
const infilling = folder.file('infilling.gguf');
const contextTokens = await writeTinyModel(endless);
await writeTinyModel(infilling, { infill: true });

const message = '<|start_header_id|>{{ .Role }}<|end_header_id|>\n\n{{ .Content }}<|eot_id|>';
const template = `{{- range .Messages }}${message}{{ end }}<|start_header_id|>assistant<|end_header_id|>\n\n`;
const gap = '<|fim_prefix|>{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}<|fim_middle|>';
const models = [
  { name: 'billumy-endless:latest', path: endless, template },
  { name: 'billumy-infilling:latest', path: infilling, template: gap },
  { name: 'billumy-nano:latest', path: 'models/nano/nano.gguf', template },
];
const made = once(async () => {
  for (const model of models) await createOllamaModel(url, model);
});

const open = async ({ slots, queue = 64 }: { slots: number; queue?: number }) => {
  await made.get();
  return openRemote({ urls: [url], queue, mostPlaces: slots });
};
const shared = once(() => open({ slots: 8 }));

const harness: EngineHarness = {
  shared: shared.get,
  open,
  answering: 'billumy-nano',
  endless: 'billumy-endless',
  infilling: 'billumy-infilling',
  contextTokens,
};

afterAll(async () => {
  await (await shared.made)?.[Symbol.asyncDispose]();
  if (made.made !== undefined) for (const { name } of models) await removeOllamaModel(url, name);
  await folder[Symbol.asyncDispose]();
});

const noTokens = 'Ollama does not show tokens';
const oneContext = 'a model on Ollama has one size of context, so that it is not loaded anew';
const deviations = {
  engine: [
    {
      test: 'stops at a stop string, of which it shows nothing',
      reason: 'its runner compares bytes, and the text of this model has bytes that are no characters',
    },
    { test: 'tells which stop string ended it, if it was one', reason: 'Ollama says only that it stopped' },
    {
      test: 'evaluates only what is new of a prompt it has seen',
      reason: 'Ollama does not tell what it had in its cache',
    },
    {
      test: 'evaluates a beginning that calls share once, also when they come together',
      reason: 'Ollama does not tell what it had in its cache',
    },
    {
      test: 'takes text that looks like a special token as text',
      reason: 'Ollama recognises special tokens everywhere',
    },
  ],
  format: [
    {
      test: 'calls a tool when it must, with arguments of its schema',
      reason: 'on Ollama the model chooses whether to call a tool',
    },
    {
      test: 'writes what a schema allows and stops, whatever it draws',
      reason: 'its runner counts bytes that are no characters otherwise than they are shown',
    },
    {
      test: 'writes JSON and stops, whatever it draws',
      reason: 'Ollama has no logit bias, which the test ends texts with',
    },
    { test: 'writes what a grammar allows and stops, whatever it draws', reason: 'Ollama takes no grammar' },
    {
      test: 'writes the same in the same format, and ends at as many tokens as asked for',
      reason: 'Ollama takes no grammar',
    },
    { test: 'writes in a format what the prompt lets it guess', reason: 'Ollama takes no grammar' },
  ],
  prompt: [
    { test: 'continues tokens as it does their text', reason: noTokens },
    {
      test: 'recognises special tokens only where it is told to',
      reason: 'Ollama recognises special tokens everywhere',
    },
    { test: 'tells the tokens of prompt and completion, when asked for', reason: noTokens },
    { test: 'continues a conversation from its tokens as if it were told as a whole', reason: noTokens },
    { test: 'gives the tokens of a chat that it would evaluate', reason: noTokens },
    { test: 'takes nothing in a message for a special token', reason: noTokens },
    { test: 'keeps to fewer tokens of context than the model has', reason: oneContext },
    { test: 'drops the oldest messages, but neither system messages nor the last', reason: oneContext },
    { test: 'cuts the middle of a long text, and goes on when the context is full', reason: oneContext },
  ],
  sampling: [
    {
      test: 'tells how likely each token was, and the likeliest others',
      reason: 'Ollama does not tell tokens that end in half a character',
    },
    { test: 'adds a bias to tokens, and forbids some', reason: 'Ollama has no logit bias' },
    {
      test: 'penalises what was written, by how much and over how many tokens it is told',
      reason: 'Ollama has no logit bias, which the test chooses tokens with',
    },
    { test: 'penalises what the prompt says', reason: 'Ollama has no logit bias, which the test chooses tokens with' },
  ],
};

describe.skipIf(url === '')('a real Ollama (set OLLAMA_TEST_URL to the address of one to run it)', () => {
  engineContract('Ollama', { ...harness, deviations: deviations.engine });
  engineFormatContract('Ollama', { ...harness, deviations: deviations.format });
  enginePromptContract('Ollama', { ...harness, deviations: deviations.prompt });
  engineSamplingContract('Ollama', { ...harness, deviations: deviations.sampling });
  engineStreamContract('Ollama', {
    open: () => open({ slots: 4 }),
    request: question('billumy-endless', 'Olá', { maxTokens: 400 }),
  });
});
