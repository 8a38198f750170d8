import type { Language } from '../../../../models/language.ts';
import { wordSet } from '../../profile/column-words.ts';

/**
 * Folded words that a question can do without. None of them changes what is counted: no negation, no "or", no "before",
 * no "valor", which may be another column's.
 */
export const functionWords = wordSet(`
a o os as um uma de do da dos das em no na nos nas ao aos pelo pela pelos pelas num numa e que com se la
foi foram era eram ser sao esta estao ficou teve tiveram tem temos ha houve havia existe existem
qual quais quanto quanta quantos quantas quero queria gostaria saber ver veja mostre mostrar mostra liste listar
calcule calcular informe informar diga dizer traga me nos nosso nossa nossos nossas meu minha meus minhas favor obrigado
ola bom boa preciso pode poderia voce seu sua seus suas tivemos obtivemos dado dados vem veio vieram comes come came
the of in on at for to is are was were be been do does did has have had an and what which how much many me my our us we
you your i want need know would like please show list give tell get find calculate display there it its that this these
can could with from data let see thanks hi hello as s
`);

/** In English "no" is a negation. */
export function isFunctionWord(folded: string, language: Language): boolean {
  return functionWords.has(folded) && !(language === 'en' && folded === 'no');
}
