import type { Element, ElementContent, Root } from 'hast';
import { describe, expect, it } from 'vitest';
import { markAnswer } from '../../src/markdown/mark-answer.ts';

/** A paragraph with this text, which stands at this offset of the answer, marked and written out. */
function marked(
  value: string,
  { markers = [1, 2], unsupported = [] as [number, number][], offset = 0, written = value.length } = {},
): string {
  const point = (at: number) => ({ line: 1, column: 1, offset: at });
  const position = { start: point(offset), end: point(offset + written) };
  const tree: Root = { type: 'root', children: [paragraph([{ type: 'text', value, position }])] };
  const spans = unsupported.map(([start, end]) => ({ start, end }));
  markAnswer({ markers: new Set(markers), unsupported: spans })(tree);
  return tree.children.map((child) => write(child as ElementContent)).join('');
}

function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}

function write(node: ElementContent): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
  if (node.tagName === 'sup') return `{${String(node.properties['dataMarker'])}}`;
  const content = node.children.map(write).join('');
  return node.tagName === 'mark' ? `<${content}>` : content;
}

describe('the markers of an answer', () => {
  it('stand for their sources, beside the word before', () => {
    expect(marked('Doze dias [1]. Grátis [2] [1].')).toBe('Doze dias{1}. Grátis{2}{1}.');
  });

  it('stay text where no source has that number', () => {
    expect(marked('Veja [3] e [12] e [x] e [1].', { markers: [1] })).toBe('Veja [3] e [12] e [x] e{1}.');
  });

  it('stay text in code and links', () => {
    const children = ['code', 'pre', 'a'].map((tagName): Element => ({
      type: 'element',
      tagName,
      properties: {},
      children: [{ type: 'text', value: 'a[1]' }],
    }));
    const tree: Root = { type: 'root', children: [paragraph(children)] };
    markAnswer({ markers: new Set([1]), unsupported: [] })(tree);
    expect(write(tree.children[0] as ElementContent)).toBe('a[1]a[1]a[1]');
  });
});

describe('what no source supports', () => {
  it('is enclosed from its first letter to its last, markers too', () => {
    expect(marked('Um. Dois [1]. Três.', { unsupported: [[4, 13]] })).toBe('Um. <Dois{1}.> Três.');
  });

  it('may be several sentences, and begin or end in other elements', () => {
    const unsupported: [number, number][] = [
      [90, 103],
      [104, 108],
    ];
    expect(marked('Um. Dois. Três.', { offset: 100, unsupported })).toBe('<Um.> <Dois>. Três.');
  });

  it('counts whole where Markdown was shortened, so that no part of it is missed', () => {
    expect(marked('A & B.', { written: 10, unsupported: [[8, 10]] })).toBe('<A & B.>');
  });

  it('leaves the rest as it is', () => {
    expect(marked('Um. Dois.', { unsupported: [[200, 210]] })).toBe('Um. Dois.');
  });
});
