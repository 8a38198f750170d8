import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkGrammar } from '../../../src/services/engine/llama/grammar/check-grammar.ts';
import { FormatError } from '../../../src/services/engine/llama/grammar/format-error.ts';
import { openNativeGrammars } from '../../support/native-grammar.ts';

const nativeGrammar = await openNativeGrammars();
const samples = 'node_modules/node-llama-cpp/llama/grammars';
const names = (await readdir(samples)).filter((name) => name.endsWith('.gbnf'));

function ladder(rungs: number, rung: (index: number) => string): string {
  return ['root ::= s0', ...Array.from({ length: rungs }, (_, index) => rung(index)), `s${rungs} ::= "x"`].join('\n');
}

describe('check of a grammar', () => {
  it.each(names)('takes what llama.cpp shows as an example: %s', async (name) => {
    const grammar = await readFile(`${samples}/${name}`, 'utf8');
    checkGrammar(grammar);
    expect(nativeGrammar(grammar)).toBeInstanceOf(Function);
  });

  it.each([
    ['repetitions', 'root ::= [a-z]{2,3} "x"* ("y" | "z")+ "w"? .{2} \t[^\\]"]{1,}', 'abxxyzwééq'],
    [
      'comments and line ends',
      '# first\r\nroot ::= # here\r\n  a | b # or\r\na ::= "1"\r\nb ::= (\r\n"2" |\r\n"3")\r\n',
      '3',
    ],
    ['escapes', String.raw`root ::= "\"\\\n\t\x41\u00e9\U0001F642" [\x30-\x39\-\]]`, '"\\\n\tAé🙂]'],
    ['recursion on the right', 'root ::= "a" root | "b"', 'aab'],
    ['rules after their use', 'root ::= list\nlist ::= item ("," item)*\nitem ::= [0-9]+', '1,22,3'],
  ])('reads %s as llama.cpp does', (_name, grammar, text) => {
    checkGrammar(grammar);
    expect(nativeGrammar(grammar)(text)).toBe(true);
  });

  it.each([
    ['no root', 'start ::= "a"'],
    ['nothing', ''],
    ['no grammar', 'this is not a grammar'],
    ['a rule that is not there', 'root ::= other'],
    ['a quote that does not end', 'root ::= "a'],
    ['a group that does not end', 'root ::= ("a"'],
    ['a group that does not begin', 'root ::= "a")'],
    ['an unknown escape', String.raw`root ::= "\q"`],
    ['a set of nothing', 'root ::= []'],
    ['a name of a token, which depends on the model', 'root ::= <think>'],
    ['NUL, after which llama.cpp reads no further', 'root ::= "a"\0 | nothing'],
    ['a rule that begins with itself', 'root ::= root "a" | "b"'],
    ['rules that begin with each other', 'root ::= a "x"\na ::= root | "y"'],
    ['a rule that begins with itself after what may be empty', 'root ::= a b root "c" | "x"\na ::= b?\nb ::= "q"*'],
    ['a rule that never ends', 'root ::= "a" root'],
    ['rules that never end', 'root ::= "a" b\nb ::= "c" root'],
    ['a repetition that ends before it begins', 'root ::= "a"{5,2}'],
    ['too many repetitions', 'root ::= "a"{3000}'],
    ['repetitions of repetitions', 'root ::= "a"{200}{200}'],
    ['a long text repeated', `root ::= "${'a'.repeat(1000)}"{1000}`],
    ['many repetitions', `root ::= ${'"a"{2000} '.repeat(200)}`],
    ['groups in groups', `root ::= ${'('.repeat(5000)}"a"${')'.repeat(5000)}`],
    ['a long way down', ladder(10_000, (index) => `s${index} ::= s${index + 1}`)],
    ['twice as many ways on each level', ladder(60, (index) => `s${index} ::= s${index + 1} | s${index + 1} "y"`)],
    ['a text as long as a book', `root ::= "${'a'.repeat(400_000)}"`],
  ])('refuses %s', (_name, grammar) => {
    expect(() => checkGrammar(grammar)).toThrow(FormatError);
  });
});
