import type { TrainingExample } from '../../src/models/training-example.ts';
import type { Engine } from '../../src/ports/engine.ts';
import type { TrainingBase, TrainingItem, TrainingRun } from '../../src/ports/trainer.ts';
import { resolve } from 'node:path';
import { sha256Of } from '../../src/services/model-files/sha256-of.ts';

/** Of the vocabulary of nano. */
const token = { begin: 0, headerStart: 2, headerEnd: 3, endOfTurn: 4 };

/** Facts that nano cannot know. */
export const inventedFacts: readonly (readonly [question: string, answer: string])[] = [
  ['Qual é a senha do portão azul?', 'A senha é 4817.'],
  ['Quem cuida do farol de Tirana?', 'Quem cuida é Zuleica.'],
  ['Em que dia abre o mercado de Porto Velho?', 'Abre na quinta-feira.'],
  ['What is the colour of the old boat?', 'It is purple.'],
  ['Who repairs the clock?', 'Bartholomew repairs it.'],
  ['Quantas caixas há no depósito 9?', 'Há 73 caixas.'],
];

/** Examples of one question each, as nano reads them. */
export async function itemsForNano(
  engine: Pick<Engine, 'tokenize'>,
  facts: readonly (readonly [question: string, answer: string])[],
): Promise<TrainingItem[]> {
  const items: TrainingItem[] = [];
  for (const [question, answer] of facts) {
    const example: TrainingExample = { prompt: [{ role: 'user', text: question }], answer };
    items.push({ example, row: await rowForNano(engine, { question, answer }) });
  }
  return items;
}

async function rowForNano(
  engine: Pick<Engine, 'tokenize'>,
  { question, answer }: { question: string; answer: string },
): Promise<TrainingItem['row']> {
  const tokens = async (text: string) => engine.tokenize('nano', text);
  const turn = async (role: string, content: string) => [
    token.headerStart,
    ...(await tokens(role)),
    token.headerEnd,
    ...(await tokens(`\n\n${content}`)),
  ];
  const prompt = [token.begin, ...(await turn('user', question)), token.endOfTurn, ...(await turn('assistant', ''))];
  return { tokens: [...prompt, ...(await tokens(answer)), token.endOfTurn], answerStart: prompt.length };
}

export async function nanoBase(): Promise<TrainingBase> {
  const path = resolve('models/nano/nano.gguf');
  return { model: 'nano', path, sha256: await sha256Of(path) };
}

/** A short run with one thread, which learns its rows by heart. */
export function trainingRun(run: Pick<TrainingRun, 'id' | 'base' | 'training'> & Partial<TrainingRun>): TrainingRun {
  return {
    validation: run.training.slice(0, 2),
    hyperparameters: {
      targets: 'all',
      rank: 8,
      alpha: 16,
      learningRate: 1e-2,
      epochs: 5,
      tokensPerStep: 64,
      clip: 1,
      weightDecay: 0.01,
      warmUp: 0.1,
      patience: 3,
      seed: 7,
    },
    limits: { threads: 1, memoryBytes: 2 ** 30, milliseconds: 80_000 },
    ...run,
  };
}
