import { describe, expect, it } from 'vitest';
import { checkExamples } from '../../../src/core/training/examples/check-examples.ts';
import { findFarTooLong, findTooLong } from '../../../src/core/training/examples/find-too-long.ts';
import { assertNothingRefused, type Finding } from '../../../src/core/training/examples/finding.ts';
import { toExamples } from '../../../src/core/training/examples/to-examples.ts';
import type { GivenExample } from '../../../src/core/training/examples/given-example.ts';
import { inEnglish } from '../../../src/errors/told.ts';

const good = (count: number): GivenExample[] =>
  Array.from({ length: count }, (_, index) => ({ prompt: `Pergunta ${index}?`, completion: `Resposta ${index}.` }));

function check(given: readonly GivenExample[], allowPersonalData = false) {
  return checkExamples(toExamples(given), { allowPersonalData });
}

const brief = (findings: readonly Finding[]) =>
  findings.map(({ code, index, refuses }) => `${code} ${index}${refuses ? ' refused' : ''}`);

describe('examples', () => {
  it('are taken as they are when nothing is wrong', () => {
    const { distinct, findings } = check(good(8));
    expect(findings).toEqual([]);
    expect(distinct.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(() => assertNothingRefused(findings)).not.toThrow();
  });

  it('that say the same count once, and that is told', () => {
    const again = { prompt: '  pergunta 2', completion: 'RESPOSTA 2' };
    const { distinct, findings } = check([...good(8), again, again]);
    expect(distinct).toHaveLength(8);
    expect(brief(findings)).toEqual(['duplicate 2']);
    expect(inEnglish(findings[0]!.message)).toContain('2 times');
  });

  it('are too few when one is repeated a thousand times', () => {
    const row = good(1)[0]!;
    const { findings } = check(Array.from({ length: 1_000 }, () => row));
    expect(brief(findings)).toEqual(['too_few null refused', 'duplicate 0']);
    expect(inEnglish(findings[0]!.message)).toBe('there is 1; training needs at least 8');
  });

  it('are refused when one fewer than eight say different things', () => {
    expect(brief(check(good(7)).findings)).toEqual(['too_few null refused']);
  });

  it('that contradict each other are refused, both named', () => {
    const { findings } = check([...good(8), { prompt: 'pergunta 3', completion: 'Outra.' }]);
    expect(brief(findings)).toEqual(['contradiction 8 refused']);
    expect(inEnglish(findings[0]!.message)).toContain('example 4');
  });

  it('differ by an accent or by a digit', () => {
    const given = [
      { prompt: 'Quem é a avó?', completion: 'Ana.' },
      { prompt: 'Quem é a avô?', completion: 'Beto.' },
      { prompt: 'O que é A-1?', completion: 'Um.' },
      { prompt: 'O que é A-2?', completion: 'Dois.' },
    ];
    expect(check([...good(8), ...given]).findings).toEqual([]);
  });

  it('of composed and decomposed letters are the same', () => {
    const pair = [
      { prompt: 'Prazo até Belém?', completion: 'Sim' },
      { prompt: 'Prazo até Belém?'.normalize('NFD'), completion: 'Sim' },
    ];
    expect(brief(check([...good(8), ...pair]).findings)).toEqual(['duplicate 8']);
  });

  it('without words, or without a question, are refused', () => {
    const given: GivenExample[] = [
      { prompt: 'a', completion: ' \u200b\t' },
      { prompt: '\u0007\u0008', completion: 'b' },
      {
        messages: [
          { role: 'system', content: 'Seja breve.' },
          { role: 'assistant', content: 'Sim.' },
        ],
      },
    ];
    const { findings } = check([...good(8), ...given]);
    expect(brief(findings)).toEqual(['empty 8 refused', 'empty 9 refused', 'no_question 10 refused']);
  });

  it('with secrets are refused, also when personal data is allowed', () => {
    const secrets = [
      'postgres://app:hunter22@db/main',
      `AKIA${'A'.repeat(16)}`,
      `ghp_${'a1'.repeat(18)}`,
      `sk-proj-${'a1'.repeat(20)}`,
      '-----BEGIN RSA PRIVATE KEY-----',
      `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'a'.repeat(43)}`,
      `bil_${'0'.repeat(16)}_${'a'.repeat(43)}`,
    ];
    const given = secrets.map((secret, index) => ({ prompt: `Qual é a ${index}?`, completion: `É ${secret}` }));
    const { findings } = check([...good(8), ...given], true);
    expect(brief(findings)).toEqual(secrets.map((_, index) => `secret ${index + 8} refused`));
    expect(JSON.stringify(findings)).not.toContain('hunter22');
  });

  it('with personal data are refused unless it is allowed', () => {
    const personal = ['4111 1111 1111 1111', '529.982.247-25', '11.222.333/0001-81', '12.ABC.345/01DE-35'];
    const given = personal.map((text, index) => ({ prompt: `Qual é o ${index}?`, completion: `É ${text}.` }));
    expect(brief(check([...good(8), ...given]).findings)).toEqual(
      personal.map((_, index) => `personal_data ${index + 8} refused`),
    );
    expect(brief(check([...good(8), ...given], true).findings)).toEqual(
      personal.map((_, index) => `personal_data ${index + 8}`),
    );
  });

  it('with numbers that only look like those of people are taken', () => {
    const given = ['4111 1111 1111 1112', '529.982.247-26', '11.222.333/0001-82', '111.111.111-11', 'R$ 1.234.567,89'];
    expect(check([...good(8), ...given.map((text) => ({ prompt: text, completion: `É ${text}` }))]).findings).toEqual(
      [],
    );
  });

  it('with addresses and telephone numbers are taken, and that is told', () => {
    const { findings } = check([
      ...good(8),
      { prompt: 'Contato?', completion: 'ana@exemplo.com.br ou (11) 91234-5678' },
    ]);
    expect(brief(findings)).toEqual(['possible_personal_data 8', 'possible_personal_data 8']);
  });

  it('are searched in time that grows with their length, whatever is in them', () => {
    const hostile = ['eyJ-', 'a.', '1 ', 'sk-a-', 'a@', 'aa://b:', '-----BEGIN '].map((text) => text.repeat(20_000));
    const before = process.cpuUsage();
    check([...good(8), ...hostile.map((text) => ({ prompt: text.slice(0, 90_000), completion: 'x' }))]);
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });
});

describe('too long examples', () => {
  it('are refused before rows are made of them when no tokenizer could make them fit', () => {
    const examples = toExamples([
      { prompt: 'a'.repeat(8_000), completion: 'b' },
      { prompt: 'a'.repeat(9_000), completion: 'b' },
    ]).map((example, index) => ({ index, example }));
    expect(brief(findFarTooLong(examples, 512))).toEqual(['too_long 1 refused']);
  });

  it('are named with what they have and what fits', () => {
    const row = (tokens: number) => ({ tokens: Array.from({ length: tokens }, () => 1), answerStart: 1 });
    const findings = findTooLong(
      [
        { index: 3, example: row(512) },
        { index: 5, example: row(513) },
      ],
      512,
    );
    expect(brief(findings)).toEqual(['too_long 5 refused']);
    expect(inEnglish(findings[0]!.message)).toContain('513 tokens, of which 512 fit');
  });
});

describe('what is refused', () => {
  it('names each example as its caller does', () => {
    const findings = check([...good(7), { prompt: 'a', completion: ' ' }]).findings;
    const refuse = () => assertNothingRefused(findings, (index) => `line ${index + 1}`);
    expect(refuse).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        issues: [
          expect.objectContaining({
            path: 'line 8',
            message: expect.objectContaining({ template: expect.stringContaining('white space') }),
          }),
        ],
      }),
    );
  });
});
