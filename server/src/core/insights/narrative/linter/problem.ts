import type { RejectionReason } from '../../../../models/insight.ts';
import type { Language } from '../../../../models/language.ts';
import type { NarrativeTemplates } from '../built-in-narrative.ts';

export type NarrativePart = keyof NarrativeTemplates;

const kinds = {
  number: {
    reason: 'ungrounded_number',
    pt: 'números, também por extenso, só vêm dos espaços',
    en: 'numbers, also in words, come from slots only',
  },
  direction: {
    reason: 'wrong_direction',
    pt: 'subir, cair ou ficar igual só se diz com .direction, .noun, .position ou .sense do próprio fato',
    en: 'rising, falling or staying is only said by .direction, .noun, .position or .sense of the fact itself',
  },
  wrong_fact: {
    reason: 'wrong_direction',
    pt: 'o espaço está junto de outro período, grupo ou papel que não é o seu, ou na ordem trocada',
    en: 'the slot stands with a period, group or role that is not its own, or in the wrong order',
  },
  name: {
    reason: 'foreign_name',
    pt: 'a palavra não está na lista permitida; nomes só vêm dos espaços',
    en: 'the word is not on the list of allowed ones; names come from slots only',
  },
  cause: {
    reason: 'unsupported_cause',
    pt: 'nada mostra a causa: diga só o que aconteceu',
    en: 'nothing shows the cause: only say what happened',
  },
  character: {
    reason: 'broken_template',
    pt: 'só letras, espaços e pontuação simples; sem links, Markdown ou HTML',
    en: 'only letters, spaces and plain punctuation; no links, Markdown or HTML',
  },
  slot: { reason: 'broken_template', pt: 'o espaço não existe neste achado', en: 'this finding has no such slot' },
  missing: { reason: 'broken_template', pt: 'falta um espaço obrigatório', en: 'an obligatory slot is missing' },
  length: { reason: 'broken_template', pt: 'o texto está vazio ou longo demais', en: 'the text is empty or too long' },
  language: { reason: 'broken_template', pt: 'escreva em português', en: 'write in English' },
} as const satisfies Record<string, { reason: RejectionReason } & Record<Language, string>>;

/** What is wrong with one part of a narrative, and where. */
export interface Problem {
  part: NarrativePart;
  kind: keyof typeof kinds;
  /** The words or the slot; text of the model. */
  found: string;
}

export function reasonOf({ kind }: Problem): RejectionReason {
  return kinds[kind].reason;
}

/** For the model, which writes again. */
export function explainProblem({ part, kind, found }: Problem, language: Language): string {
  return `${part}: ${kinds[kind][language]} (${JSON.stringify(found.slice(0, 60))})`;
}
