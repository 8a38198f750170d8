import { readAnswer, withoutHeadingMarks, type Answer, type AskRequest, type Citation } from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import type { Text } from '../texts.ts';

export const ask: Command = {
  name: 'ask',
  summary: { pt: 'faz uma pergunta aos documentos', en: 'asks the documents a question' },
  usage: 'QUESTION',
  takesWords: true,
  options: {
    collection: {
      type: 'string',
      multiple: true,
      takes: 'NAME',
      summary: {
        pt: 'só dos documentos desta coleção; pode se repetir',
        en: 'from the documents of this collection only; may be repeated',
      },
    },
    conversation: {
      type: 'string',
      takes: 'ID',
      summary: { pt: 'continua esta conversa', en: 'goes on with this conversation' },
    },
    model: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'modelo ou persona que responde', en: 'model or persona that answers' },
    },
    ...connectionOptions,
  },
  async run(context) {
    const { terminal, signal } = context;
    const connection = await openSession(context);
    let answer: Answer | undefined;
    for await (const event of readAnswer(connection, requestOf(context), signal)) {
      if (event.type === 'text-delta' && !terminal.json) terminal.write(event.delta);
      if (event.type !== 'finish') continue;
      answer = event.answer;
      if (!terminal.json) conclude(terminal, event);
    }
    if (answer === undefined) throw new Error('The service ended its reply before the answer was complete.');
    if (terminal.json) terminal.writeJson(answer);
    return answer.answered ? exitCodes.ok : exitCodes.unanswered;
  },
};

function requestOf(context: CommandContext): AskRequest {
  const question = context.positionals.join(' ').trim();
  if (question === '') throw new UsageError({ pt: 'Falta a pergunta.', en: 'A question is needed.' });
  const collections = context.values['collection'];
  const conversation = textOption(context, 'conversation');
  const model = textOption(context, 'model');
  return {
    question,
    ...(Array.isArray(collections) ? { collections: collections.map(String) } : {}),
    ...(conversation === undefined ? {} : { conversation_id: conversation }),
    ...(model === undefined ? {} : { model }),
  };
}

function conclude(terminal: Terminal, { answer, replace }: { answer: Answer; replace: boolean }): void {
  const portuguese = terminal.language === 'pt';
  if (replace) {
    const reason = portuguese
      ? 'O texto foi trocado, porque as fontes não o sustentam'
      : 'The text was replaced, because the sources do not support it';
    terminal.write(`\n\n${reason}:\n${answer.answer}`);
  }
  terminal.write('\n');
  for (const citation of answer.citations) terminal.write(`\n${describeCitation(citation)}`);
  for (const source of answer.nearest) {
    terminal.write(`\n${portuguese ? 'Mais próximo' : 'Nearest'}: ${source.document.title}: ${shorten(source.text)}`);
  }
  const unsupported = answer.sentences.filter((sentence) => !sentence.supported).length;
  if (answer.answered && unsupported > 0) {
    terminal.write(
      portuguese ? `\nSem fonte: ${unsupported} frase(s).` : `\nWithout a source: ${unsupported} sentence(s).`,
    );
  }
  terminal.write(`\n(${describeOrigin(answer, terminal.language)})\n`);
}

const modes: Record<Answer['mode'], Text> = {
  generated: { pt: 'escrita agora', en: 'generated' },
  cached: { pt: 'já respondida', en: 'cached' },
  extractive: { pt: 'citada das fontes', en: 'extractive' },
};

/** `nano, generated`: which model answered, and how. */
export function describeOrigin({ model, mode }: Answer, language: keyof Text): string {
  const noModel = language === 'pt' ? 'sem modelo' : 'no model';
  return `${model ?? noModel}, ${modes[mode][language]}`;
}

/** `[1] Política de entregas, p. 2: "…"` */
export function describeCitation({ marker, document, page, quote }: Citation): string {
  return `[${marker}] ${document.title}${page === null ? '' : `, p. ${page}`}: "${shorten(quote)}"`;
}

const shownCharacters = 240;

function shorten(text: string): string {
  const line = withoutHeadingMarks(text).replace(/\s+/g, ' ').trim();
  return line.length <= shownCharacters ? line : `${line.slice(0, shownCharacters)}…`;
}
