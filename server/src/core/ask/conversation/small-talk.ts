import type { Language } from '../../../models/language.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import { fold } from '../../retrieval/fold.ts';

// All a greeting, thanks or a question about the service itself is made of, folded.
const greetings =
  /^(?:(?:oi|ola|opa|hello|hi|hey|bom dia|boa tarde|boa noite|good (?:morning|afternoon|evening)|tudo bem|tudo bom|como vai|how are you|e ai|obrigad[oa]|muito obrigad[oa]|valeu|thanks|thank you|tchau|ate logo|bye|goodbye|por favor|please|billumy)\b[\s\p{P}]*)+$/u;
const introductions =
  /^(?:(?:oi|ola|hello|hi|hey)\b[\s\p{P}]*)?(?:me chamo|meu nome e|eu sou [oa]|my name is|i am called)\s+(\p{L}+)[\s\p{P}]*$/u;
const aboutItself =
  /^(?:(?:oi|ola|hello|hi|hey)\b[\s\p{P}]*)?(?:quem (?:e|es) (?:voce|tu)|(?:o )?que (?:e )?(?:voce|vc) (?:e|faz)|o que e voce|qual (?:e )?(?:o )?seu nome|(?:voce|vc) e (?:um )?(?:robo|humano|uma ia)|como voce funciona|who are you|what are you|what can you do|what do you do|what is your name|are you (?:a )?(?:human|robot|bot|an ai))[\s\p{P}]*$/u;

/**
 * Whether the text asks nothing that documents could answer: a greeting, thanks, or who it is talking to. Such text is
 * answered with a fixed sentence, without retrieval or model, so that a small model cannot make a person of itself.
 */
export function isSmallTalk(question: string): boolean {
  const text = fold(question).trim();
  return greetings.test(text) || introductions.test(text) || aboutItself.test(text) || !/[\p{L}\p{N}]/u.test(text);
}

/** What Billumy says about itself, with the honest name of the model. */
export function introduceItself(question: string, language: Language, model: ModelProfile | null): string {
  const name = nameGiven(question);
  const greeting = language === 'pt' ? 'Olá' : 'Hello';
  const opening = name === null ? `${greeting}!` : `${greeting}, ${name}!`;
  const self =
    language === 'pt'
      ? 'Sou o Billumy: respondo a perguntas a partir dos documentos desta organização e cito as fontes.'
      : "I am Billumy: I answer questions from this organization's documents and cite the sources.";
  return [opening, self, ...describe(model, language)].join(' ');
}

function describe(model: ModelProfile | null, language: Language): string[] {
  if (model === null) return [];
  return [`${language === 'pt' ? 'O modelo de linguagem em uso é' : 'The language model in use is'} ${model.name}.`];
}

/** As typed: folding may change its length. */
function nameGiven(question: string): string | null {
  if (!introductions.test(fold(question).trim())) return null;
  return /(\p{L}+)[\s\p{P}]*$/u.exec(question)?.[1] ?? null;
}
