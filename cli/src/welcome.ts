import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, connect, createApiKey, logIn, uploadFiles, type Answer } from '@billumy/protocol';
import type { RunningServer } from '@billumy/server';
import { describeCitation, describeOrigin } from './commands/ask.ts';
import type { Terminal } from './terminal.ts';

const examplesFolder = fileURLToPath(new URL('../../examples/documents/', import.meta.url));
const collection = 'exemplos';
const firstQuestion = { pt: 'Qual é o prazo de entrega para Manaus?', en: 'How long do orders to Japan take?' };
const secondQuestion = { pt: 'Quanto custa a entrega expressa?', en: 'Who is the building manager in Recife?' };
const keyDays = 7;
const millisecondsPerDay = 86_400_000;

/**
 * What a newcomer sees on the first start: the sample documents are added, one question is asked, all through the
 * service's own HTTP API, and the command to ask the next one is printed with a key that may only read the samples.
 */
export async function welcome(
  { url, newAdministrator }: Pick<RunningServer, 'url' | 'newAdministrator'>,
  terminal: Terminal,
): Promise<void> {
  if (newAdministrator === null) return;
  const { username, password } = newAdministrator;
  const { access_token } = await logIn(connect({ url, language: terminal.language }), { username, password });
  const administrator = connect({ url, token: access_token, language: terminal.language });
  const files = await exampleFiles();
  await uploadFiles(administrator, { files, collection, waitSeconds: 60 });
  const { key } = await createApiKey(administrator, {
    name: collection,
    scopes: ['ask'],
    collections: [collection],
    expires_at: new Date(Date.now() + keyDays * millisecondsPerDay).toISOString(),
  });
  const portuguese = terminal.language === 'pt';
  terminal.write('\n');
  writeLine(terminal, portuguese ? 'Exemplos' : 'Examples', `${files.length} → "${collection}"`);
  await askFirstQuestion({ url, key }, terminal);
  terminal.write(
    portuguese
      ? `\n(Esta chave só lê os exemplos e vale ${keyDays} dias.)\n`
      : `\n(This key reads the examples only, for ${keyDays} days.)\n`,
  );
}

/**
 * Asks the samples a question, shows the answer with its source, and the command to ask the next one.
 *
 * @public `npm run stack` asks it through nginx.
 */
export async function askFirstQuestion({ url, key }: { url: string; key: string }, terminal: Terminal): Promise<void> {
  const question = firstQuestion[terminal.language];
  const answer = await ask(connect({ url, token: key, language: terminal.language }), {
    question,
    collections: [collection],
  });
  show(terminal, { question, answer });
  showCommand(terminal, { url, key });
}

async function exampleFiles(): Promise<File[]> {
  const names = (await readdir(examplesFolder)).toSorted();
  return Promise.all(names.map(async (name) => new File([await readFile(join(examplesFolder, name))], name)));
}

function show(terminal: Terminal, { question, answer }: { question: string; answer: Answer }): void {
  const portuguese = terminal.language === 'pt';
  writeLine(terminal, portuguese ? 'Pergunta' : 'Question', question);
  writeLine(terminal, portuguese ? 'Resposta' : 'Answer', answer.answer);
  for (const citation of answer.citations) {
    writeLine(terminal, portuguese ? 'Fonte' : 'Source', describeCitation(citation));
  }
  writeLine(terminal, portuguese ? 'Modelo' : 'Model', describeOrigin(answer, terminal.language));
}

function writeLine(terminal: Terminal, label: string, text: string): void {
  terminal.write(`${label.padEnd(10)} ${text}\n`);
}

function showCommand(terminal: Terminal, { url, key }: { url: string; key: string }): void {
  const portuguese = terminal.language === 'pt';
  const body = JSON.stringify({ question: secondQuestion[terminal.language] });
  terminal.write(portuguese ? '\nPergunte você:\n\n' : '\nAsk it yourself:\n\n');
  terminal.write(`curl -s ${url}/ask/question \\\n`);
  terminal.write(`  -H 'Authorization: Bearer ${key}' \\\n`);
  terminal.write(`  -H 'Content-Type: application/json' \\\n`);
  terminal.write(`  -d '${body}'\n`);
}
