import type { Refusal, RefusalCode } from '../../models/answer.ts';
import type { Language } from '../../models/language.ts';

const messages: Readonly<Record<RefusalCode, Readonly<Record<Language, string>>>> = {
  no_evidence: {
    pt: 'Não sei: os documentos que posso consultar não respondem a essa pergunta.',
    en: 'I do not know: the documents I can consult do not answer this question.',
  },
  no_permitted_documents: {
    pt: 'Não encontrei nada sobre isso nos documentos que você pode ver.',
    en: 'I found nothing about this in the documents you may see.',
  },
  not_supported: {
    pt: 'Não posso responder com segurança: o que foi escrito não é confirmado pelos documentos.',
    en: 'I cannot answer safely: what was written is not confirmed by the documents.',
  },
  model_unavailable: {
    pt: 'O modelo de linguagem não está disponível agora. Estes são os trechos mais próximos da sua pergunta.',
    en: 'The language model is not available now. These are the passages closest to your question.',
  },
};

export function refusal(code: RefusalCode, language: Language): Refusal {
  return { code, message: messages[code][language] };
}
