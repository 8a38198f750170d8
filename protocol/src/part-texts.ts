import type { PartHealth } from './health.ts';
import { partTroubleTexts } from './part-troubles.ts';

const awaitedBy: Readonly<Record<string, (model: string) => string>> = {
  language_model: (model) =>
    `Até ${model} estar nesta máquina, responde o que há nela: outro modelo, ou as próprias fontes.`,
  embedding_model: (model) => `Até ${model} estar nesta máquina, a busca é por palavras.`,
  rerank_model: (model) => `Até ${model} estar nesta máquina, os trechos não são reordenados.`,
};

export interface Why {
  text: string;
  /** What a later version of the service says, or a server says itself, is told in English only. */
  language: 'pt' | 'en';
}

/** Why a part of the service works with less or not at all, in that language where it can be told in it; null when it is well. */
export function whyOf(name: string, { why, awaits, trouble }: PartHealth, language: 'pt' | 'en'): Why | null {
  const troubles: Readonly<Record<string, string>> = partTroubleTexts;
  const portuguese = awaits === undefined ? troubles[trouble ?? ''] : awaitedBy[name]?.(awaits);
  if (language === 'pt' && portuguese !== undefined) return { text: portuguese, language };
  return why === null ? null : { text: why, language: 'en' };
}
