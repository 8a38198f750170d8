import { parseArgs, type ParseArgsConfig } from 'node:util';
import { problemMeanings, type ProblemError } from '@billumy/protocol';
import { closestName } from '@billumy/server/config/closest-name';
import type { Text } from './texts.ts';

/** What an error reply of the service means, and what the service says about this very request. */
export function describeProblem({ problem, message }: ProblemError): Text {
  const { code, detail } = problem;
  const meaning = meaningOf(code) ?? message;
  return {
    pt: `Erro: ${meaning} (${code})${detail === undefined ? '' : `\n  ${detail}`}`,
    en: `Error: ${message} (${code})`,
  };
}

/** What the code of an error means, in Portuguese; absent for codes of a later version of the service. */
export function meaningOf(code: string): string | undefined {
  const meanings: Readonly<Record<string, string>> = problemMeanings.pt;
  return meanings[code];
}

/** Why a file or folder could not be used; absent for other errors. */
export function describeFileError(error: unknown): Text | undefined {
  if (!(error instanceof Error) || !('path' in error) || !('code' in error)) return undefined;
  const path = String(error.path);
  switch (error.code) {
    case 'ENOENT':
      return { pt: `Não existe: ${path}`, en: `There is no such file or folder: ${path}` };
    case 'EACCES':
    case 'EPERM':
      return { pt: `Sem permissão: ${path}`, en: `Not permitted: ${path}` };
    default:
      return undefined;
  }
}

/** The text, with the name that was probably meant. */
export function withSuggestion({ pt, en }: Text, typed: string, names: readonly string[]): Text {
  const meant = closestName(typed, names);
  return meant === undefined ? { pt, en } : { pt: `${pt} (será ${meant}?)`, en: `${en} (did you mean ${meant}?)` };
}

/** A word that means nothing to the command: `npm start --port 9000` keeps `--port` to npm. */
export function describeUnexpected(word: string): Text {
  return {
    pt: `Isto não era esperado: ${word} (com npm, as opções vêm depois de --, como em: npm start -- --port 9000)`,
    en: `This was not expected: ${word} (with npm, options come after --, as in: npm start -- --port 9000)`,
  };
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** What is wrong with words that `parseArgs` does not take. */
export function describeWrongOptions(words: readonly string[], options: Options): Text {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = options[name];
    if (option === undefined) {
      const names = Object.keys(options).map((known) => `--${known}`);
      return withSuggestion({ pt: `Opção desconhecida: ${rawName}`, en: `Unknown option: ${rawName}` }, rawName, names);
    }
    if (option.type === 'string' && (value === undefined || (!inlineValue && value.startsWith('-')))) {
      return { pt: `Falta o valor de ${rawName}.`, en: `${rawName} needs a value.` };
    }
    if (option.type === 'boolean' && value !== undefined) {
      return { pt: `${rawName} não leva valor.`, en: `${rawName} takes no value.` };
    }
  }
  return { pt: 'As opções não foram entendidas.', en: 'The options were not understood.' };
}
