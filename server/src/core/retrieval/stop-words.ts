import { wordList } from '../text/word-list.ts';

// Words too frequent to tell passages apart, folded.
const portuguese = `
a ao aos aquela aquelas aquele aqueles aquilo as ate com como da das de dela delas dele deles depois do dos e ela elas
ele eles em entre era eram essa essas esse esses esta estao estas estava estavam este estes eu foi foram ha isso isto
ja lhe lhes mais mas me mesma mesmas mesmo mesmos meu meus minha minhas muito na nao nas nem no nos nossa nossas nosso
nossos num numa o os ou para pela pelas pelo pelos por porque qual quais quando que quem onde quanta quantas quanto
quantos sao se seja sejam sem ser sera serao seu seus so sob sobre sua suas tal tambem te tem tinha toda todas todo
todos tu tua tuas um uma umas uns voce voces dum duma nessa nesse nesta neste dessa desse desta deste disso disto nisso
nisto pois pode podem deve devem ter tenho temos`;

const english = `
a about after all also am an and any are as at be because been being both but by can could did do does doing for from
had has have having he her here hers him his how i if in into is it its itself me more most my no nor not of on only or
other our ours own shall she should so some such than that the their theirs them then there these they this those
through to too under until up very was we were what when where which while who whom whose why will with would you your
yours`;

export const portugueseStopWords = wordList(portuguese);
export const englishStopWords = wordList(english);

const askingWords = wordList(
  'sabe sabem saber quero queria gostaria diz dizem dizer fala falam know known want tell say says',
);
/** What is asked, beside such a word: "what do the documents say". */
const askedWords = wordList(
  'texto textos fonte fontes documento documentos text texts source sources document documents',
);

/** Those of a question's folded words that say no more than that something is asked: "o que se sabe sobre", "I want to know". */
export function onlyAsking(words: readonly string[]): ReadonlySet<string> {
  const asking = words.filter((word) => askingWords.has(word));
  return new Set(asking.length === 0 ? [] : [...asking, ...words.filter((word) => askedWords.has(word))]);
}

/** Stop words of either language: a question may be in another language than the passage. */
export const stopWords: ReadonlySet<string> = new Set([...portugueseStopWords, ...englishStopWords]);
