import type { FastifyReply } from 'fastify';
import type { Language } from '../../models/language.ts';

/**
 * The language in which a reply tells what went wrong: the one of ours that its reader prefers by `Accept-Language`,
 * English when none is asked for. Caches are told that the reply depends on it.
 */
export function readerLanguage(reply: FastifyReply): Language {
  void reply.header('vary', 'accept-language');
  return preferredLanguage(reply.request.headers['accept-language']);
}

/** As `Content-Language` names it. */
export const languageTag = { pt: 'pt-BR', en: 'en' } as const satisfies Record<Language, string>;

/** RFC 9110, 12.5.4. */
export function preferredLanguage(header = ''): Language {
  let preferred: { language: Language; weight: number } = { language: 'en', weight: 0 };
  for (const range of header.split(',')) {
    const [tag = '', ...parameters] = range.split(';');
    const language = languageOf(tag);
    const weight = weightOf(parameters);
    if (language !== undefined && weight > preferred.weight) preferred = { language, weight };
  }
  return preferred.language;
}

function languageOf(tag: string): Language | undefined {
  const [primary] = tag.trim().toLowerCase().split('-', 1);
  return primary === 'pt' || primary === 'en' ? primary : undefined;
}

/** Nothing for a weight that is none. */
function weightOf(parameters: readonly string[]): number {
  const given = parameters.map((parameter) => parameter.trim()).find((parameter) => /^q=/i.test(parameter));
  if (given === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.test(given) ? Number(given.slice(2)) : 0;
}
