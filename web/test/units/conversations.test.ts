import { describe, expect, it } from 'vitest';
import { fileNameFrom } from '../../src/browser/save-file.ts';
import { conversationAsText } from '../../src/pages/ask/export-conversation.ts';
import { hasAllWords } from '../../src/pages/ask/has-all-words.ts';
import { toTurns, withTurn } from '../../src/pages/ask/turns.ts';
import { sampleAnswer, sampleConversation } from '../support/sample-answer.ts';

const answer = sampleAnswer('ans_1', 'Doze dias [1].');

describe('a conversation', () => {
  it('is exported with what each answer rests on', () => {
    expect(conversationAsText(sampleConversation([answer, sampleAnswer('ans_2', 'Não sei.', { citations: [] })]))).toBe(
      [
        '# Prazos',
        '> Qual é o prazo?',
        'Doze dias [1].',
        '[1] Prazos, p. 2: “Para Manaus, o prazo é de 12 dias úteis: https://aurora.example/prazos.”',
        '---',
        '> Qual é o prazo?',
        'Não sei.\n',
      ].join('\n\n'),
    );
  });

  it('leaves out a half turn, of which the beginning is cut off', () => {
    const [, ...messages] = sampleConversation([answer, answer]).messages;
    expect(toTurns(messages)).toEqual([{ question: 'Qual é o prazo?', answer, rating: null }]);
  });

  it('grows by a turn, and begins with one', () => {
    const at = new Date('2026-11-30T12:00:00Z');
    const begun = withTurn(undefined, { question: 'Qual?', answer }, at);
    expect(begun).toMatchObject({ id: 'con_played', title: 'Qual?' });
    expect(toTurns(withTurn(begun, { question: 'E agora?', answer }, at).messages)).toEqual([
      { question: 'Qual?', answer, rating: null },
      { question: 'E agora?', answer, rating: null },
    ]);
  });
});

describe('searching conversations', () => {
  it.each([
    ['Férias do João', 'joao ferias', true],
    ['Férias do João', 'FÉR', true],
    ['Férias do João', '', true],
    ['Férias do João', 'maria ferias', false],
  ])('in “%s” for “%s”', (title, words, found) => {
    expect(hasAllWords(title, words)).toBe(found);
  });
});

it.each([
  ['Prazo: 12/30?', 'Prazo-12-30'],
  ['../../etc/passwd', 'etc-passwd'],
  ['🚚', 'billumy'],
])('a file from “%s” is named %s', (title, name) => {
  expect(fileNameFrom(title)).toBe(name);
});
