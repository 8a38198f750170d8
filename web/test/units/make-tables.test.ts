import { renderToStaticMarkup } from 'react-dom/server';
import { createElement } from 'react';
import ReactMarkdown from 'react-markdown';
import { describe, expect, it } from 'vitest';
import { makeTables } from '../../src/markdown/make-tables.ts';
import { markAnswer } from '../../src/markdown/mark-answer.ts';

const plan = ['| Cidade | Prazo |', '|---|:-:|', '| Manaus | **12** dias [1] |', '| Recife |'].join('\n');

function shown(text: string, unsupported: { start: number; end: number }[] = []): string {
  const marks = { markers: new Set([1]), unsupported };
  return renderToStaticMarkup(createElement(ReactMarkdown, { rehypePlugins: [makeTables, [markAnswer, marks]] }, text));
}

describe('a table of an answer', () => {
  it('has the columns of its header, and what is written in its cells', () => {
    expect(shown(plan)).toBe(
      '<table><thead><tr><th>Cidade</th><th>Prazo</th></tr></thead><tbody>' +
        '<tr><td>Manaus</td><td><strong>12</strong> dias<sup data-marker="1"></sup></td></tr>' +
        '<tr><td>Recife</td><td></td></tr></tbody></table>',
    );
  });

  it('follows the words before it, and stands in lists', () => {
    expect(shown(`Os prazos:\n${plan}`)).toMatch(/^<p>Os prazos:<\/p><table>/);
    expect(shown(`- a\n\n  ${plan.replaceAll('\n', '\n  ')}`)).toContain('<td>Manaus</td>');
  });

  it('marks what no source supports at its place', () => {
    const start = plan.indexOf('Manaus');
    expect(shown(plan, [{ start, end: start + 'Manaus'.length }])).toContain('<td><mark>Manaus</mark></td>');
  });

  it.each(['a | b\nc | d', '| a | b |\n|---|', 'a\n\n| --- |', '`| a |\n|---|`'])(
    'is none without its rule: %j',
    (text) => {
      expect(shown(text)).not.toContain('<table>');
    },
  );
});
