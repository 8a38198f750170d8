import { wordList } from '../../../text/word-list.ts';

// "um", "uma", "a" and "one" as articles and pronouns are in the vocabulary, or not; these count.
const numberWords = wordList(`
zero dois duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezesseis dezessete
dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento centena centenas duzentos
duzentas trezentos quatrocentos quinhentos mil milhar milhares milhao milhoes bilhao bilhoes trilhao trilhoes
primeiro primeira primeiros primeiras segundo segunda terceiro terceira quarto quarta quinto quinta sexto setimo oitavo
nono decimo centesimo milesimo meio meia meios metade metades terco tercos quintos decimos dezena dezenas duzia duzias
par parzinho dupla trio dobro dobrar dobra dobrou dobraram duplicou duplicaram duplicar duplo triplo triplicou triplicar
quadruplo quadruplicou quintuplo multiplicou multiplicar vezes percentual porcento ambos ambas unico unica nenhum nenhuma
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
billion billions trillion first second third thirds fourth fifth sixth seventh eighth ninth tenth half halves halved
halving quarter quarters dozen dozens couple pair double doubled doubles doubling twice thrice triple tripled triples
tripling quadruple quadrupled twofold threefold fourfold fivefold tenfold times percent percentage both single none`);

const directionStems = `
cresc sub aument elev alt dispar avanc ganh melhor expan aceler maior mais acima salt positiv superior
cai cae quedas? queda diminu reduz reduc baix declin recu perd perda pior encolh despenc abaix menor menos retra negativ
desab desacel inferior desce minim maxim igual estavel estaveis estagn parad estabil constante inalterad
grow grew rise rising rose increas climb gain jump soar surg up upward high above improv better more great rocket leap
fall fell drop declin decreas low below down shrink shrank plung plummet los worse less few sank sink slump slid tank
collaps crash peak trough steady stead stabl flat unchanged stagnat equal`
  .trim()
  .split(/\s+/);
const direction = new RegExp(`^(?:${directionStems.join('|')})`);

/** Words that say why. They may stand where a decomposition backs them, and in what is only a hypothesis. */
export const causeWords = wordList(`
porque pois devido causa causas causou causaram causado causada causados causadas provocou provocado provocada gracas
motivo motivos razao explica explicam explicado explicada responde respondem consequencia efeito efeitos origem decorre
because due cause causes caused causing owing thanks reason reasons explain explains explained accounts account driven
drives drove led leads consequence effect effects attributed`);

/** Numbers in words of either language, folded. */
export function isNumberWord(word: string): boolean {
  return numberWords.has(word);
}

/** Whether a folded word tells which way something went, or that it stayed: the sign of a fact says that. */
export function isDirectionWord(word: string): boolean {
  return direction.test(word);
}
