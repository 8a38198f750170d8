import type { PartHealth } from './health.ts';

const awaitedBy: Readonly<Record<string, (model: string) => string>> = {
  language_model: (model) =>
    `Até ${model} estar nesta máquina, responde o que há nela: outro modelo, ou as próprias fontes.`,
  embedding_model: (model) => `Até ${model} estar nesta máquina, a busca é por palavras.`,
  rerank_model: (model) => `Até ${model} estar nesta máquina, os trechos não são reordenados.`,
};

export interface Why {
  text: string;
  /** What is the matter with a server or a file is told in English only. */
  language: 'pt' | 'en';
}

/** Why a part of the service works with less or not at all, in that language where it can be told in it; null when it is well. */
export function whyOf(name: string, { why, awaits }: PartHealth, language: 'pt' | 'en'): Why | null {
  const portuguese = awaits === undefined ? undefined : awaitedBy[name]?.(awaits);
  if (language === 'pt' && portuguese !== undefined) return { text: portuguese, language };
  return why === null ? null : { text: why, language: 'en' };
}
