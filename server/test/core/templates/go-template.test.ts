import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderGoTemplate } from '../../../src/core/templates/render-go-template.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { ValueMap } from '../../../src/core/templates/go-template/values.ts';

const now = () => new Date('2026-11-21T01:00:00Z');

function render(template: string, values: ValueMap = {}): string {
  return renderGoTemplate(template, values, { now })
    .map(({ text }) => text)
    .join('');
}

function failure(template: string, values: ValueMap = {}): string {
  try {
    render(template, values);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_request') return error.detail ?? '';
    throw error;
  }
  return 'none';
}

const values: ValueMap = {
  Name: 'Ana',
  Empty: '',
  Zero: 0,
  Four: 4,
  Half: 0.5,
  Yes: true,
  List: ['a', 'b', 'c'],
  Map: { z: 1, a: { deep: 'x' } },
};

describe('a Go template', () => {
  it.each([
    ['text alone', 'Hi', 'Hi'],
    ['a field', 'Hi {{ .Name }}!', 'Hi Ana!'],
    ['a field of a field', '{{ .Map.a.deep }}', 'x'],
    ['a field of a variable', '{{ $m := .Map }}{{ $m.a.deep }}', 'x'],
    ['a field of a pipe', '{{ (index .Map "a").deep }}', 'x'],
    ['the whole', '{{ $.Name }}', 'Ana'],
    ['what is not there', '{{ .Nope }}', '<no value>'],
    ['trimming before', 'a  \n {{- .Name }} b', 'aAna b'],
    ['trimming after', 'a {{ .Name -}}  \n b', 'a Anab'],
    ['trimming on both sides', 'a {{- .Name -}} b', 'aAnab'],
    ['a negative number is no trimming', '{{-3}}', '-3'],
    ['a comment', 'a{{/* no */}}b', 'ab'],
    ['a comment that trims', 'a {{- /* no */ -}} b', 'ab'],
    [
      'constants',
      '{{ "q\\"\\n" }}{{ `r\\n` }}{{ 12 }}{{ 1.5 }}{{ true }}{{ \'a\' }}{{ 0x10 }}{{ 1_000 }}',
      'q"\nr\\n121.5true97161000',
    ],
    [
      'if',
      '{{ if .Name }}yes{{ end }}{{ if .Empty }}no{{ end }}{{ if .Zero }}no{{ end }}{{ if .Nope }}no{{ end }}',
      'yes',
    ],
    ['else', '{{ if .Empty }}a{{ else }}b{{ end }}', 'b'],
    ['else if', '{{ if .Empty }}a{{ else if .Name }}b{{ else }}c{{ end }}', 'b'],
    ['with', '{{ with .Map.a }}{{ .deep }}{{ end }}', 'x'],
    ['with and else', '{{ with .Empty }}a{{ else }}{{ .Name }}{{ end }}', 'Ana'],
    ['else with', '{{ with .Empty }}a{{ else with .Name }}{{ . }}{{ end }}', 'Ana'],
    ['range', '{{ range .List }}[{{ . }}]{{ end }}', '[a][b][c]'],
    ['range with one variable', '{{ range $x := .List }}{{ $x }}{{ end }}', 'abc'],
    ['range with two variables', '{{ range $i, $x := .List }}{{ $i }}{{ $x }}{{ end }}', '0a1b2c'],
    ['range over a map, in order', '{{ range $k, $v := .Map }}{{ $k }}{{ end }}', 'az'],
    ['range over a number', '{{ range $i := .Four }}{{ $i }}{{ end }}', '0123'],
    ['range and else', '{{ range .Nope }}a{{ else }}none{{ end }}', 'none'],
    [
      'break and continue',
      '{{ range .List }}{{ if eq . "b" }}{{ continue }}{{ end }}{{ . }}{{ end }}{{ range .List }}{{ break }}{{ end }}',
      'ac',
    ],
    ['a variable that is set in a block', '{{ $x := 1 }}{{ if .Yes }}{{ $x = 2 }}{{ end }}{{ $x }}', '2'],
    ['a variable that is hidden in a block', '{{ $x := 1 }}{{ if .Yes }}{{ $x := 2 }}{{ end }}{{ $x }}', '1'],
    ['define and template', '{{ define "t" }}<{{ . }}>{{ end }}{{ template "t" .Name }}', '<Ana>'],
    ['block', '{{ block "t" .Name }}<{{ . }}>{{ end }}', '<Ana>'],
    ['a pipeline', '{{ .Name | printf "%s-%s" "x" }}', 'x-Ana'],
    [
      'and, or, not',
      '{{ and .Yes .Name }} {{ or .Empty "b" }} {{ not .Yes }} {{ and .Zero (index .List 99) }}',
      'Ana b false 0',
    ],
    ['eq of several', '{{ eq .Name "x" "Ana" }} {{ ne .Four 4 }} {{ eq .Nope "x" }}', 'true false false'],
    ['order', '{{ lt 1 2 }}{{ le 2 2 }}{{ gt "b" "a" }}{{ ge 1 2 }}', 'truetruetruefalse'],
    ['len in bytes', '{{ len .List }} {{ len .Map }} {{ len "é" }}', '3 2 2'],
    ['index', '{{ index .List 1 }}{{ index .Map "a" "deep" }}', 'bx'],
    ['slice', '{{ slice .Name 1 }} {{ slice .Name 0 2 }} {{ slice .List 1 2 }}', 'na An [b]'],
    [
      'the last one of a list',
      '{{ range $i, $_ := .List }}{{ if eq (len (slice $.List $i)) 1 }}last {{ . }}{{ end }}{{ end }}',
      'last c',
    ],
    ['print', '{{ print 1 2 "a" .Name }}', '1 2aAna'],
    [
      'printf',
      '{{ printf "%s|%5d|%-4d|%03d|%.2f|%q|%v|%t|%%|%x" .Name 4 4 4 .Half .Name .List .Yes 255 }}',
      'Ana|    4|4   |004|0.50|"Ana"|[a b c]|true|%|ff',
    ],
    ['printf with a mistake', '{{ printf "%d %s" "a" }}', '%!d(string=a) %!s(MISSING)'],
    [
      'json',
      '{{ json .Map }}{{ json .List }}{{ json "<a>" }}',
      '{"a":{"deep":"x"},"z":1}["a","b","c"]"\\u003ca\\u003e"',
    ],
    ['a map and a list', '{{ .Map }} {{ .List }}', 'map[a:map[deep:x] z:1] [a b c]'],
    ['days', '{{ currentDate }} {{ yesterdayDate }}', '2026-11-21 2026-11-20'],
  ])('knows %s', (_, template, expected) => {
    expect(render(template, values)).toBe(expected);
  });

  it.each([
    ['{{ if .Name }}', 'template: :1: unexpected EOF'],
    ['{{ range .List }}{{ end', 'template: :1: unclosed action'],
    ['a\n{{ .Name', 'template: :2: unclosed action'],
    ['{{ end }}', 'template: :1: unexpected {{end}}'],
    ['{{ else }}', 'template: :1: unexpected {{else}}'],
    ['{{ }}', 'template: :1: missing value for command'],
    ['{{ if }}{{ end }}', 'template: :1: missing value for if'],
    ['\n\n{{ nope }}', 'template: :3: function "nope" not defined'],
    ['{{ $x }}', 'template: :1: undefined variable "$x"'],
    ['{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}', 'template: :1: undefined variable "$x"'],
    ['{{ "abc }}', 'template: :1: unterminated quoted string'],
    ['{{/* a', 'template: :1: unclosed comment'],
    ['{{ 1a }}', 'template: :1: bad number syntax: "1a"'],
    ['{{ .A @ }}', 'template: :1: unexpected "@" in operand'],
    ['{{ .A § }}', "template: :1: unrecognized character in action: U+00A7 '§'"],
    ['{{ .A-1 }}', "template: :1: bad character U+002D '-'"],
    ['{{ .A. }}', 'template: :1: unexpected <.> in operand'],
    ['{{ "a".b }}', 'template: :1: unexpected . after term "\\"a\\""'],
    ['{{ "\\q" }}', 'template: :1: invalid syntax'],
    [
      '{{ define "t" }}a{{ end }}{{ define "t" }}b{{ end }}',
      'template: :1: template: multiple definition of template "t"',
    ],
    ['{{ (.A }}', 'template: :1: unclosed left paren'],
    ['{{ .A) }}', 'template: :1: unexpected right paren'],
    ['{{ break }}', 'template: :1: {{break}} outside {{range}}'],
    ['{{ .A | 1 }}', 'template: :1: non executable command in pipeline stage 2'],
    ['{{ template x }}', 'template: :1: unexpected "x" in template clause'],
  ])('that is wrong is told in the words of Go: %s', (template, expected) => {
    expect(failure(template, values)).toBe(expected);
  });

  it.each([
    ['{{ .Name.First }}', "can't evaluate field First in type interface {}"],
    ['{{ .Nope.First }}', 'nil pointer evaluating interface {}.First'],
    ['{{ index .List 9 }}', 'error calling index: index out of range: 9'],
    ['{{ lt .Map 1 }}', 'error calling lt: invalid type for comparison'],
    ['{{ lt .Name 1 }}', 'error calling lt: incompatible types for comparison'],
    ['{{ eq .Map .Map }}', 'error calling eq: non-comparable type'],
    ['{{ len }}', 'wrong number of args for len: want 1 got 0'],
    ['{{ .Name 1 }}', 'Name is not a method but has arguments'],
    ['{{ 1 2 }}', "can't give argument to non-function 1"],
    ['{{ range .Name }}{{ end }}', "range can't iterate over Ana"],
    ['{{ template "t" }}', 'template "t" not defined'],
    ['{{ nil }}', 'nil is not a command'],
    ['{{ $x = 1 }}', 'undefined variable: $x'],
    ['{{ range $i, $x := .Four }}{{ end }}', "can't use 4 to iterate over more than one variable"],
  ])('that cannot be filled is told in the words of Go: %s', (template, expected) => {
    expect(failure(template, values)).toMatch(/^template: :1: executing "" at </);
    expect(failure(template, values)).toContain(expected);
  });

  it('says which parts are its own', () => {
    expect(
      renderGoTemplate('<s>{{ .Name }}{{ printf "[%s]" .Name }}{{ slice .Name 1 }}{{ "</s>" }}', values, { now }),
    ).toEqual([
      { text: '<s>', special: true },
      { text: 'Ana', special: false },
      { text: '[', special: true },
      { text: 'Ana', special: false },
      { text: ']', special: true },
      { text: 'na', special: false },
      { text: '</s>', special: true },
    ]);
  });

  it('leaves spaces to the text that follows, of which they are a part in most vocabularies', () => {
    expect(renderGoTemplate('[INST] {{ .Name }}', values, { now })).toEqual([
      { text: '[INST]', special: true },
      { text: ' Ana', special: false },
    ]);
  });

  it.each([
    ['loops within loops', '{{ range 9999 }}{{ range 9999 }}{{ range 9999 }}{{ end }}{{ end }}{{ end }}'],
    ['text that doubles', '{{ $x := "aaaaaaaaaa" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}'],
    ['a template that calls itself', '{{ define "t" }}{{ template "t" }}{{ end }}{{ template "t" }}'],
    [
      'templates that call each other twice',
      '{{ define "a" }}{{ template "b" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ template "a" }}{{ template "a" }}{{ end }}{{ template "a" }}',
    ],
    ['a wide number', '{{ range 99999 }}{{ printf "%9999d" 1 }}{{ end }}'],
    ['parentheses', `{{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`],
    ['blocks', `${'{{ if true }}'.repeat(10_000)}${'{{ end }}'.repeat(10_000)}`],
    ['else ifs', `{{ if false }}${'{{ else if false }}'.repeat(10_000)}{{ end }}`],
    ['length', 'x'.repeat(300_000)],
    ['spaces', `{{ .Name }}${' '.repeat(250_000)}x${'{{ "a" -}}'.repeat(2)}{{ end }}`],
  ])('cannot do harm by %s', (_, template) => {
    expect(failure(template, values)).not.toBe('none');
  });

  it('does not come back in its own error', () => {
    expect(failure(`{{ ${'a'.repeat(100_000)} }}`).length).toBeLessThan(400);
  });

  it('fails cleanly or not at all, whatever it is', () => {
    const words = [
      '{{',
      '}}',
      '{{-',
      '-}}',
      'if',
      'else',
      'end',
      'range',
      'with',
      'define',
      'template',
      'block',
      'break',
    ];
    const more = [
      '.Name',
      '.List',
      '.',
      '$',
      '$x',
      ':=',
      '=',
      ',',
      '|',
      '(',
      ')',
      '"a"',
      '`',
      "'",
      '1',
      'eq',
      'index',
      'slice',
    ];
    const rest = ['printf', '"%s%d"', 'json', 'len', 'and', 'nil', 'true', '/*', '*/', ' ', '\n', 'x', '-1', '\\'];
    const any = fc.array(fc.oneof(fc.constantFrom(...words, ...more, ...rest), fc.string({ maxLength: 3 })), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(any, fc.constantFrom('', ' '), (parts, between) => {
        expect(typeof failure(parts.join(between), values)).toBe('string');
      }),
      { numRuns: 3000 },
    );
    const action = fc.array(fc.constantFrom(...more, ...rest), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 4 }), (actions) => {
        expect(typeof failure(actions.map((parts) => `{{ ${parts.join(' ')} }}`).join(''), values)).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });
});
