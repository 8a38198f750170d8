import { createQuestionAnswerer } from '../../src/core/insights/questions/create-question-answerer.ts';
import type { AnsweredQuestion, QuestionOptions } from '../../src/core/insights/questions/question-answerer.ts';
import type { DataSession } from '../../src/ports/data-engine.ts';
import { openRows } from './data-session.ts';
import { daysFrom, profileOf } from './profiles.ts';

/** The tables end ten days before. */
export const july = new Date('2025-07-10T12:00:00Z');

const regions = ['Norte', 'Sul', 'Leste'];
const products = ['Café', 'Chá', 'Pão de Queijo', 'Mel'];

export type Sale = {
  data: string;
  regiao: string;
  produto: string;
  receita: number;
  quantidade: number;
};

/** A sale on each of 547 days: 18 months, the last of which is June 2025. */
export const sales: readonly Sale[] = daysFrom('2024-01-01', 547).map((data, index) => ({
  data,
  regiao: regions[index % 3]!,
  produto: products[index % 4]!,
  receita: 100 + ((index * 37) % 211) + 0.25,
  quantidade: 1 + (index % 7),
}));

/** Rows whose groups are of fewer than five, about persons. */
export const people = Array.from({ length: 30 }, (_, index) => ({
  email: `pessoa${String(index)}@exemplo.com`,
  cidade: ['Recife', 'Natal', 'Olinda'][index < 2 ? 2 : index % 2]!,
  salario: 2000 + index * 10,
}));

export async function openSales(): Promise<DataSession> {
  return openRows('vendas', sales);
}

export interface Asking {
  language?: 'pt' | 'en';
  write?: QuestionOptions['write'];
  signal?: AbortSignal;
}

/** Asks about the tables of a session. */
export async function ask(
  session: DataSession,
  question: string,
  { language = 'pt', write = null, signal = new AbortController().signal }: Asking = {},
): Promise<AnsweredQuestion> {
  const { profile } = await profileOf(session, { now: july });
  return createQuestionAnswerer().answer(question, {
    session,
    tables: [profile],
    language,
    now: july,
    write,
    signal,
  });
}
