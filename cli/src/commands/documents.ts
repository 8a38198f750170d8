import { deleteDocument, getDocumentContent, listDocuments, type Connection, type Document } from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';
import type { Text } from '../texts.ts';

export const documents: Command = {
  name: 'documents',
  summary: { pt: 'lista, mostra e apaga documentos', en: 'lists, shows and deletes documents' },
  usage: '[list | show ID | delete ID …]',
  takesWords: true,
  options: {
    collection: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'lista só os desta coleção', en: 'lists those of this collection only' },
    },
    ...connectionOptions,
  },
  async run(context) {
    const [action = 'list', ...ids] = context.positionals;
    const connection = await openSession(context);
    if (action === 'list') await list(context, connection);
    else if (action === 'show') await show(context, { connection, ids });
    else if (action === 'delete') await remove(context, { connection, ids });
    else throw new UsageError({ pt: `Ação desconhecida: ${action}`, en: `Unknown action: ${action}` });
    return exitCodes.ok;
  },
};

interface Chosen {
  connection: Connection;
  ids: readonly string[];
}

async function list(context: CommandContext, connection: Connection): Promise<void> {
  const collection = textOption(context, 'collection');
  let after: string | undefined;
  do {
    const page = await listDocuments(connection, { collection, after }, context.signal);
    for (const document of page.items) {
      if (context.terminal.json) context.terminal.writeJson(document);
      else context.terminal.write(`${describe(document, context.terminal.language)}\n`);
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

const states: Record<Document['status'], Text> = {
  processing: { pt: 'em leitura', en: 'processing' },
  ready: { pt: 'pronto', en: 'ready' },
  failed: { pt: 'falhou', en: 'failed' },
};

function describe({ id, collection, status, title, passages, error }: Document, language: keyof Text): string {
  const word = states[status][language];
  const state = error === null ? word : `${word} (${error.code})`;
  return [id, collection.padEnd(12), state.padEnd(10), String(passages).padStart(6), title].join('  ');
}

async function show({ terminal }: CommandContext, { connection, ids }: Chosen): Promise<void> {
  const [id] = ids;
  if (id === undefined)
    throw new UsageError({ pt: 'Falta o id do documento a mostrar.', en: 'The id of the document to show is needed.' });
  const content = await getDocumentContent(connection, id);
  if (terminal.json) terminal.writeJson(content);
  else terminal.write(`${content.title}\n\n${content.text}\n`);
}

async function remove({ terminal, signal }: CommandContext, { connection, ids }: Chosen): Promise<void> {
  if (ids.length === 0)
    throw new UsageError({
      pt: 'Faltam os ids dos documentos a apagar.',
      en: 'The ids of the documents to delete are needed.',
    });
  for (const id of ids) {
    await deleteDocument(connection, id, signal);
    if (terminal.json) terminal.writeJson({ deleted: id });
    else terminal.note({ pt: `Apagado: ${id}`, en: `Deleted: ${id}` });
  }
}
