import { describe, expect, it } from 'vitest';
import { type ModelfileCommand, parseModelfile, printModelfile } from '../../../src/core/personas/modelfile.ts';

const from = { name: 'from', value: 'foo' } as const;

/** What follows `FROM foo`. */
function read(text: string): ModelfileCommand[] {
  const [first, ...rest] = parseModelfile(`FROM foo\n${text}`);
  expect(first).toEqual(from);
  return rest;
}

function refusal(source: string): string | undefined {
  try {
    parseModelfile(source);
  } catch (error) {
    return (error as { code: string; detail: string }).detail;
  }
  return undefined;
}

describe('a Modelfile', () => {
  it('has commands, comments and empty lines', () => {
    const text =
      '\n# a comment\n  # another\n\tFROM  model 1 \nadapter adapter1\nLicense MIT\nRENDERER r\nPARSER p\nREQUIRES 0.14.0\nDRAFT ./d\n';
    expect(parseModelfile(text)).toEqual([
      { name: 'from', value: 'model 1' },
      { name: 'adapter', value: 'adapter1' },
      { name: 'license', value: 'MIT' },
      { name: 'renderer', value: 'r' },
      { name: 'parser', value: 'p' },
      { name: 'requires', value: '0.14.0' },
      { name: 'draft', value: './d' },
    ]);
    expect(parseModelfile('PARAMETER what the \nFROM lemons make lemonade ')).toEqual([
      { name: 'parameter', key: 'what', value: 'the' },
      { name: 'from', value: 'lemons make lemonade' },
    ]);
  });

  it('has values in one line, with and without quotation marks', () => {
    const values: Readonly<Record<string, string>> = {
      '  MIT  ': 'MIT',
      '"MIT   "': 'MIT   ',
      '"FOO  BAR  "  ': 'FOO  BAR  ',
      '""': '',
      '""""""': '',
      '"\'"': "'",
      "'single'": "'single'",
      '"""one line"""': 'one line',
      '"""\'\'"\'""\'""\'"\'\'\'\'\'""\'""\'"""': "''\"'\"\"'\"\"'\"'''''\"\"'\"\"'",
      '"a" and "b"': 'a" and "b',
      'a # b': 'a # b',
      'tab\there': 'tab\there',
      '': '',
    };
    for (const [written, value] of Object.entries(values)) {
      expect(read(`SYSTEM ${written}`), written).toEqual([{ name: 'system', value }]);
      expect(read(`SYSTEM ${written}\nLICENSE x`), written).toEqual([
        { name: 'system', value },
        { name: 'license', value: 'x' },
      ]);
    }
  });

  it('has values over several lines', () => {
    expect(read('SYSTEM """\nThis is "a"\r\nmultiline system.\n"""  \n\t')).toEqual([
      { name: 'system', value: '\nThis is "a"\r\nmultiline system.\n' },
    ]);
    expect(read('TEMPLATE """ {{ if .System }}\n\n  # no comment\n{{ .Response }}   """')).toEqual([
      { name: 'template', value: ' {{ if .System }}\n\n  # no comment\n{{ .Response }}   ' },
    ]);
    expect(read('SYSTEM "one\ntwo"\nLICENSE x')).toEqual([
      { name: 'system', value: 'one\ntwo' },
      { name: 'license', value: 'x' },
    ]);
  });

  it('has parameters, whose names are letters, digits and underscores', () => {
    const parameters: Readonly<Record<string, [string, string]>> = {
      'num_ctx 1': ['num_ctx', '1'],
      'temperature    1.0': ['temperature', '1.0'],
      '  top_k 1': ['top_k', '1'],
      'stop ### User: ': ['stop', '### User:'],
      'stop "### User: "': ['stop', '### User: '],
      'stop """### User:\n"""': ['stop', '### User:\n'],
      'stop <|eot_id|>': ['stop', '<|eot_id|>'],
    };
    for (const [written, [key, value]] of Object.entries(parameters)) {
      expect(read(`PARAMETER ${written}`), written).toEqual([{ name: 'parameter', key, value }]);
    }
  });

  it('has messages, whose roles are written small', () => {
    expect(read('MESSAGE system You: parse.\nmessage user Hey there!\nMESSAGE assistant """\nHi\n"""\n\t')).toEqual([
      { name: 'message', role: 'system', value: 'You: parse.' },
      { name: 'message', role: 'user', value: 'Hey there!' },
      { name: 'message', role: 'assistant', value: '\nHi\n' },
    ]);
  });

  it('is refused in the words of Ollama', () => {
    const command =
      'command must be one of "from", "license", "template", "system", "adapter", "draft", "renderer", "parser", "parameter", "message", or "requires"';
    const role = 'message role must be one of "system", "user", or "assistant"';
    const refusals: Readonly<Record<string, string>> = {
      '': 'no FROM line',
      '# FROM foo': 'no FROM line',
      'PARAMETER param1 value1': 'no FROM line',
      '\nFROM foo\nBADCOMMAND param1 value1\n': `(line 3): ${command}`,
      'FROM foo\r\nCOLLECTIONS a': `(line 2): ${command}`,
      'FROM\n': `(line 1): ${command}`,
      'FR0M foo': `(line 1): ${command}`,
      '{"from": "foo"}': `(line 1): ${command}`,
      FROM: 'unexpected EOF',
      'FROM foo\nMESSAGE badguy hello': `(line 2): ${role}`,
      'FROM foo\nMESSAGE System hello': `(line 2): ${role}`,
      'FROM foo\nMESSAGE system\n': 'unexpected EOF: system',
      'FROM foo\nMESSAGE system': 'unexpected EOF',
      'FROM foo\nPARAMETER param1\n': 'unexpected EOF: param1',
      'FROM foo\nPARAMETER a-b 1\n': 'unexpected EOF: a',
      'FROM foo\nPARAMETER param1': 'unexpected EOF',
      'FROM foo\nSYSTEM """This is""\n': 'unexpected EOF',
      'FROM foo\nSYSTEM """': 'unexpected EOF',
      'FROM foo\nSYSTEM """""': 'unexpected EOF',
      'FROM foo\nSYSTEM "\n': 'unexpected EOF',
      'FROM foo\nSYSTEM "hello" you\n': 'unexpected EOF',
    };
    for (const [source, detail] of Object.entries(refusals)) expect(refusal(source), source).toBe(detail);
  });

  it('is read in UTF-8 and, after its mark, in UTF-16', () => {
    const text = 'FROM foo\n\tSYSTEM 你好👋🏽‍🚀 ação';
    const expected = [from, { name: 'system', value: '你好👋🏽‍🚀 ação' }];
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const source of [text, `\uFEFF${text}`, Buffer.from(text), Buffer.from(`\uFEFF${text}`), little, big]) {
      expect(parseModelfile(source)).toEqual(expected);
    }
  });

  it('holds no controls', () => {
    expect(read('SYSTEM a\0b\u001bc')).toEqual([{ name: 'system', value: 'abc' }]);
  });

  it('comes back as it was printed', () => {
    const commands: ModelfileCommand[] = [
      from,
      { name: 'adapter', value: 'adapter1' },
      { name: 'license', value: '\nVery long\n"Oh look, a quote!"\n' },
      { name: 'license', value: '"quoted" from the start' },
      { name: 'parameter', key: 'stop', value: '### User: ' },
      { name: 'parameter', key: 'temperature', value: '0.5' },
      { name: 'template', value: '\tindented' },
      { name: 'system', value: '' },
      { name: 'message', role: 'user', value: 'Olá,\nmundo' },
    ];
    expect(printModelfile(commands)).toBe(
      'FROM foo\nADAPTER adapter1\nLICENSE """\nVery long\n"Oh look, a quote!"\n"""\n' +
        'LICENSE """"quoted" from the start"""\nPARAMETER stop "### User: "\nPARAMETER temperature 0.5\n' +
        'TEMPLATE "\tindented"\nSYSTEM \nMESSAGE user "Olá,\nmundo"\n',
    );
    expect(parseModelfile(printModelfile(commands))).toEqual(commands);
  });

  it('is read in one go, however long and wrong it is', () => {
    expect(refusal(`FROM foo\nSYSTEM """${'"" \n'.repeat(300_000)}`)).toBe('unexpected EOF');
    expect(refusal(`${' '.repeat(300_000)}\n`.repeat(3))).toBe('no FROM line');
  });
});
