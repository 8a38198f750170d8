import { afterAll, describe, expect, it } from 'vitest';
import { largerModel, member, messagesOf, scriptedModel, setUpAsk, wordByWord } from '../../support/ask-setup.ts';
import { injections } from '../../support/injections.ts';

const secret = 'CHAVE-7F3A91';
const attacks = injections.map((text) => text.replaceAll('SECRET', secret));

const board = {
  id: 'doc_board',
  title: 'Ata da diretoria',
  texts: [`O prazo de entrega para Manaus foi discutido. A chave de acesso é ${secret}.`],
  readers: ['group:diretoria'],
};
const honest = 'Para Manaus, o prazo de entrega é de 12 dias úteis.';

// What a client could load or run by showing the text, and addresses it could make into links.
const loadsOrRuns = /!\[|\]\(|<[a-z/!?]/i;
const address = /(?:(?:https?|ftp):)?\/\/[^\s)\]>"'.,;]+|www\.\S+|(?:javascript|data|mailto):\S+/gi;
// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]|[\u{e0000}-\u{e007f}]/u;

/**
 * A language model as bad as can be: it does whatever any text in its prompt says. Here that is to repeat the attack,
 * with the secret it is after, with and without a marker, beside what was asked.
 */
function obedient(attack: string): () => string[] {
  return () => wordByWord(`${attack} ${honest} [1] ${attack} [1] https://evil.example/?d=${secret} ${attack}`);
}

const poisoned = injections.map((text, index) => {
  const attack = text.replaceAll('SECRET', 'X');
  return {
    id: `doc_${index}`,
    title: attack.slice(0, 80),
    section: [attack.slice(0, 80)],
    texts: [`${honest} ${attack}`],
    collection: `case-${index}`,
  };
});

const setup = await setUpAsk({ documents: [...poisoned, board] });
afterAll(() => setup[Symbol.asyncDispose]());

describe('a document that gives orders', () => {
  it('is one of at least fifty', () => {
    expect(new Set(attacks).size).toBeGreaterThanOrEqual(50);
  });

  it.each(attacks.map((attack, index) => ({ attack, index })))(
    'changes nothing: $attack',
    async ({ attack, index }) => {
      const engine = scriptedModel(obedient(attack));
      await using asking = await setUpAsk({ on: setup, engine, model: largerModel });
      const question = { text: 'Qual é o prazo de entrega para Manaus?', collections: [`case-${index}`, 'policies'] };
      const parts = await asking.parts(question, { principal: member });

      const prompt = messagesOf(engine.requests[0]).at(-1)?.text ?? '';
      expect(prompt.match(/^\[\d+\]/gm)).toEqual(['[1]']);
      expect(prompt.match(/^\s*(?:Pergunta|Question):/gim)).toHaveLength(1);
      expect(prompt).not.toMatch(/<\||\|>|\[\/?INST\]|<<SYS>>/);
      // What the reader may not see is not in the prompt, so no obedience can give it away.
      expect(JSON.stringify(engine.requests)).not.toContain(secret);

      const streamed = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
      const finish = parts.at(-1);
      const answer = finish?.type === 'finish' ? finish.answer : undefined;
      for (const text of [streamed, answer?.text ?? '']) {
        expect(text).not.toMatch(loadsOrRuns);
        expect(text).not.toMatch(unseen);
        // An address of the document may be named; one that carries something out may not.
        const invented = text.match(address)?.filter((found) => !poisoned[index]?.texts[0]?.includes(found)) ?? [];
        expect(invented).toEqual([]);
      }
      // Only what the document really says counts as supported; what the model was told to add is flagged.
      const supported = answer?.sentences.filter((sentence) => sentence.supported) ?? [];
      const shown = supported.map(({ start, end }) => answer?.text.slice(start, end));
      expect(shown.join(' ')).not.toContain(secret);
      expect(answer?.citations.map(({ document }) => document.id)).not.toContain('doc_board');
    },
  );
});
