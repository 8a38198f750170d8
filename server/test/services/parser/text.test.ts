import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/services/parser/text/clean-text.ts';
import { decodeText } from '../../../src/services/parser/text/decode-text.ts';
import { createDocumentBuilder } from '../../../src/services/parser/text/document-builder.ts';
import { looksLikeHeader, recordLine } from '../../../src/services/parser/text/record-line.ts';
import { hostileText } from '../../support/hostile-text.ts';

describe('decodeText', () => {
  const sentence = 'Ação é nº 5 – “já”';
  const utf16be = Buffer.from(sentence, 'utf16le').swap16();
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(sentence)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${sentence}`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${sentence}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
    ['UTF-16 without a mark', Buffer.from(sentence, 'utf16le').subarray(0)],
    ['Windows-1252', Buffer.from('A\xe7\xe3o \xe9 n\xba 5 \x96 \x93j\xe1\x94', 'latin1')],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(sentence);
  });

  it('reads every character of Windows-1252', () => {
    const bytes = Array.from({ length: 128 }, (_, index) => 0x80 + index).filter(
      (byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    // From the table of the WHATWG encoding standard.
    const low = [
      0x20ac, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x17d, 0x2018, 0x2019,
      0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x17e, 0x178,
    ];
    const codes = Array.from(decodeText(Uint8Array.from(bytes)), (character) => character.codePointAt(0));
    expect(codes).toEqual([...low, ...bytes.filter((byte) => byte >= 0xa0)]);
  });
});

describe('cleanText', () => {
  it('takes out what no reader sees, and makes line breaks and spaces plain', () => {
    expect(cleanText('a\u200bb\u202ec\u{e0049}\u{e0067}d\ufe0fe\u00adf\0g')).toBe('abcdefg');
    expect(cleanText('a\r\nb\rc\u2028d\fe\u0085f')).toBe('a\nb\nc\nd\ne\nf');
    expect(cleanText('12\u00a0dias\u202fúteis\t!')).toBe('12 dias úteis\t!');
    expect(cleanText('c\u0327a\u0303 \ud83d 😀')).toBe('çã \ufffd 😀');
  });

  it('changes nothing the second time, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cleaned = cleanText(text);
        expect(cleanText(cleaned)).toBe(cleaned);
        expect(cleaned.normalize('NFC')).toBe(cleaned);
        expect(cleaned.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('createDocumentBuilder', () => {
  it('knows where sections and pages begin', () => {
    const document = createDocumentBuilder();
    document.page(1);
    document.paragraph(' \n');
    document.heading(1, ' Um\u00a0 título ');
    document.paragraph('  texto\n');
    document.page(2);
    document.heading(3, 'Dentro');
    document.line('linha');
    document.page(3);
    document.heading(2, 'Ao lado');
    document.page(4);
    expect(document.finish({ title: ' T\nx ' })).toEqual({
      title: 'T x',
      text: 'Um título\n\n  texto\n\nDentro\nlinha\n\nAo lado',
      sections: [
        { start: 0, path: ['Um título'] },
        { start: 20, path: ['Um título', 'Dentro'] },
        { start: 34, path: ['Um título', 'Ao lado'] },
      ],
      pages: [
        { start: 0, number: 1 },
        { start: 20, number: 2 },
        { start: 34, number: 3 },
        { start: 41, number: 4 },
      ],
    });
  });

  it('never gives text that is not normalised, and sections never outside of it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), hostileText), { minLength: 1, maxLength: 20 }), (blocks) => {
        const document = createDocumentBuilder();
        document.paragraph('início');
        for (const [kind, text] of blocks) {
          if (kind === 0) document.heading(1 + (text.length % 6), text);
          else if (kind === 1) document.line(text);
          else if (kind === 2) document.continuation(text);
          else document.paragraph(text);
        }
        const { text, sections } = document.finish({ title: null });
        expect(text.normalize('NFC')).toBe(text);
        expect(text.isWellFormed()).toBe(true);
        for (const { start } of sections) expect(text.slice(start)).toMatch(/^\S/);
      }),
    );
  });
});

describe('recordLine', () => {
  it('names the values, and leaves out empty cells', () => {
    expect(recordLine(['Cidade', '', 'Prazo'], ['Manaus', 'x', ' 12\n dias ', 'a mais'])).toBe(
      'Cidade: Manaus; x; Prazo: 12 dias; a mais',
    );
    expect(recordLine(null, ['Manaus', '', '12'])).toBe('Manaus | 12');
    expect(recordLine(['A', 'B'], ['', ' '])).toBe('');
  });

  it.each<[boolean, string[]]>([
    [true, ['Cidade', 'Prazo']],
    [true, ['Cidade', 'Prazo (dias)', '']],
    [false, ['Tabela de preços']],
    [false, ['Manaus', '12']],
    [false, ['Manaus', 'R$ 1.234,56']],
    [false, ['Cidade', '', 'Prazo']],
    [false, ['a', 'a']],
  ])('looksLikeHeader is %j for %j', (expected, cells) => {
    expect(looksLikeHeader(cells)).toBe(expected);
  });
});
