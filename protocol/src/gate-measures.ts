import type { GateCheck } from './training.ts';

type Measure = 'heldOutNll' | 'replayNll' | 'taughtExact' | 'heldOutExact' | 'retrieval';

interface GateTexts {
  /** What each measure of the gate is called. */
  names: Record<Measure, string>;
  /** What it means that its limit was not kept, and what to do. */
  reasons: Record<Measure, string>;
  atMost(value: string): string;
  atLeast(value: string): string;
}

/** What the gate of a training measures, as it is told to people. */
const gateTexts: Record<'pt' | 'en', GateTexts> = {
  pt: {
    names: {
      heldOutNll: 'Erro em exemplos que não viu',
      replayNll: 'Erro no que já sabia',
      taughtExact: 'Respostas iguais às ensinadas',
      heldOutExact: 'Respostas iguais às dos exemplos não ensinados',
      retrieval: 'Perguntas sobre documentos, de 100',
    },
    reasons: {
      heldOutNll:
        'Aprendeu pouco: o erro em exemplos que não viu quase não diminuiu. Mais exemplos, ou mais variados, ajudam.',
      replayNll: 'Esqueceu parte do que já sabia. Menos repetições dos mesmos exemplos ajudam.',
      taughtExact: 'Menos da metade das respostas curtas ensinadas é dada: o treino foi curto demais.',
      heldOutExact: 'As respostas aos exemplos não ensinados não puderam ser medidas.',
      retrieval: 'Passou a responder pior a perguntas sobre documentos. Exemplos com trechos e fontes ajudam.',
    },
    atMost: (value) => `no máximo ${value}`,
    atLeast: (value) => `pelo menos ${value}`,
  },
  en: {
    names: {
      heldOutNll: 'Loss on examples it has not seen',
      replayNll: 'Loss on what it could do before',
      taughtExact: 'Answers just as taught',
      heldOutExact: 'Answers just as in the examples that were not taught',
      retrieval: 'Questions over documents, of 100',
    },
    reasons: {
      heldOutNll:
        'It learned little: the loss on examples it has not seen hardly fell. More examples, or more varied ones, help.',
      replayNll: 'It forgot part of what it could do. Fewer repetitions of the same examples help.',
      taughtExact: 'Fewer than half of the short answers that were taught are given: the training was too short.',
      heldOutExact: 'The answers to the examples that were not taught could not be measured.',
      retrieval: 'It answers questions over documents worse than before. Examples with passages and sources help.',
    },
    atMost: (value) => `at most ${value}`,
    atLeast: (value) => `at least ${value}`,
  },
};

/** The name of a measure; one of a later version of the service is called as it is there. */
export function nameOfMeasure(name: string, language: 'pt' | 'en'): string {
  const names: Readonly<Record<string, string>> = gateTexts[language].names;
  return names[name] ?? name;
}

/** What it means that a limit was not kept; undefined for measures of a later version. */
export function reasonOfMeasure(name: string, language: 'pt' | 'en'): string | undefined {
  const reasons: Readonly<Record<string, string>> = gateTexts[language].reasons;
  return reasons[name];
}

/** A number of the measure as a person reads it: shares as percent, losses with three digits. */
export function formatMeasure(name: string, value: number, language: 'pt' | 'en'): string {
  return new Intl.NumberFormat(language, formats[name] ?? lossFormat).format(value);
}

/** Such as `at most 5.655`; undefined for what is told and not judged. */
export function limitOfMeasure({ name, limit }: GateCheck, language: 'pt' | 'en'): string | undefined {
  if (limit === null) return undefined;
  const isLeast = name === 'retrieval' || name === 'taughtExact';
  return gateTexts[language][isLeast ? 'atLeast' : 'atMost'](formatMeasure(name, limit, language));
}

const lossFormat: Intl.NumberFormatOptions = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
const formats: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  taughtExact: { style: 'percent', maximumFractionDigits: 0 },
  heldOutExact: { style: 'percent', maximumFractionDigits: 0 },
  retrieval: { maximumFractionDigits: 0 },
};
