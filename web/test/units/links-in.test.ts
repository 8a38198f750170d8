import { expect, it } from 'vitest';
import { linksIn } from '../../src/markdown/links-in.ts';

it('the links of sources are their web addresses, as they stand there', () => {
  const texts = ['Veja https://aurora.example/prazos?a=1. E (http://b.example/x), <https://c.example>', 'https://a'];
  expect([...linksIn(texts)]).toEqual([
    'https://aurora.example/prazos?a=1',
    'http://b.example/x',
    'https://c.example',
    'https://a',
  ]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', 'https://user@evil.example/', 'https://', 'ftp://a.example'])(
  'no link of a source is %s',
  (text) => {
    expect([...linksIn([text])]).toEqual([]);
  },
);
