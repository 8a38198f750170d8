import { describe, expect, it } from 'vitest';
import { findPromptData } from '../../../src/core/insights/prompt-data/find-prompt-data.ts';

const question = 'Qual foi a receita do Sul?';

describe('findPromptData', () => {
  it.each([
    [
      'an array of objects',
      'json',
      '[{"regiao": "Sul", "receita": 12345678901234567890},\n {"regiao": "Norte [1]", "receita": 2}]',
    ],
    ['an object on each line', 'ndjson', '{"regiao":"Sul","receita":1}\n{"regiao":"Norte","receita":2}'],
    ['CSV', 'csv', 'regiao,receita\nSul,1\n"Norte, e mais",2'],
    ['CSV with semicolons', 'csv', 'regiao;receita\nSul;1.234,56\nNorte;2,00'],
    ['TSV', 'csv', 'regiao\treceita\nSul\t1\nNorte\t2'],
  ])('finds %s as it stands', (_name, format, table) => {
    expect(findPromptData(`${question}\n\n\`\`\`\n${table}\n\`\`\`\n`)).toMatchObject({
      format,
      content: table,
      question,
    });
    expect(findPromptData(`${table}\n\n${question}`)).toMatchObject({ format, content: table, question });
  });

  it('reads a table of Markdown', () => {
    const table = '| regiao | receita |\n|:-------|--------:|\n| Sul \\| S | 1.234,56 |\n| "Norte" | |';
    expect(findPromptData(`${question}\n\n${table}\n`)).toEqual({
      format: 'csv',
      delimiter: ',',
      content: '"regiao","receita"\n"Sul | S","1.234,56"\n"""Norte""",',
      question,
    });
  });

  it.each([
    ['prose with commas', 'Sul, Norte e Leste, em 2025.\nOeste, em 2026, vendeu 3.\nTodos, em 2027, venderam 4.'],
    ['a list', '- um\n- dois\n- três'],
    ['one object', '{"regiao": "Sul"}'],
    ['an array of numbers', '[1, 2, 3]'],
    ['a program', 'const a = [{ name: "x" }];\nconst b = 2;'],
    ['brackets that never close', `${'[{'.repeat(10_000)}`],
    ['a header without numbers below it', 'nome,cidade\nAna,Recife\nBia,Natal'],
    ['nothing', ''],
  ])('finds none in %s', (_name, text) => {
    expect(findPromptData(text)).toBeUndefined();
  });

  it('takes the longest of several', () => {
    const long = 'a;b\n1;2\n3;4\n5;6\n7;8';
    expect(findPromptData(`[{"a":1},{"a":2}]\n\nou\n\n${long}`)).toMatchObject({ content: long });
  });

  it('does not look at texts that are too long to be looked at', () => {
    const row = '{"a":1}\n';
    expect(findPromptData(row.repeat(600_000))).toBeUndefined();
  });
});
