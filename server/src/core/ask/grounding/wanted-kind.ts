import { fold } from '../../retrieval/fold.ts';
import { namesIn, numbersIn } from './facts.ts';
import { wordsIn } from './readable-sources.ts';

// Questions whose answer is a number, and whose answer is a name.
const wantsNumber =
  /\b(?:quant[oa]s?|prazo|valor|preco|custa|custo|limite|telefone|ramal|codigo|quando|data|horario|how (?:many|much|long|far|old|often)|when|price|cost|limit|phone|number|code|date)\b/;
const wantsName = /\b(?:quem|who|whom|whose)\b/;

/**
 * What the answer must contain, as far as the form of the question tells: "quanto custa" wants a number, "quem" a name,
 * and neither is one that the question names itself. null when the form tells nothing.
 */
export function wantedKind(question: string): ((text: string) => boolean) | null {
  const folded = fold(question);
  if (wantsNumber.test(folded)) {
    const given = numbersIn(question);
    return (text) => [...numbersIn(text)].some((number) => !given.has(number));
  }
  if (!asksForName(question)) return null;
  const given = wordsIn(question);
  return (text) => [...namesIn(text)].some((name) => !given.has(name));
}

export function asksForName(question: string): boolean {
  return wantsName.test(fold(question));
}

const askedThing =
  /^(?:(?:e|and) )?(?:(?:qual|quais)(?: (?:e|sao|foi|era|seria))?(?: [oa]s?)?|(?:what|which)(?: (?:is|are|was|were))?(?: (?:the|our|your|my))?) ([a-z]+)/;
// Things that texts state without naming them: "das 8h às 20h" is a time, "Ana Lima" a name.
const seldomNamed = new Set(
  'nome numero valor data dia hora horario tempo quantidade tipo motivo regra name number date day time amount kind reason rule'.split(
    ' ',
  ),
);

/** The thing a question asks for, folded: "salario" of "Qual é o salário do presidente?". null when it names none. */
export function thingAskedFor(question: string): string | null {
  const thing = askedThing.exec(fold(question).trim())?.[1];
  return thing === undefined || seldomNamed.has(thing) ? null : thing;
}
