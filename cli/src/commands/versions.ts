import { listVersions, readVersion, type Connection, type TrainingVersion } from '@billumy/protocol';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';
import type { Text } from '../texts.ts';

export const versions: Command = {
  name: 'versions',
  summary: {
    pt: 'lista o que os treinamentos fizeram, e o que responde; exporta uma versão',
    en: 'lists what trainings made, and what answers; exports a version',
  },
  usage: '[list | export ID]',
  takesWords: true,
  options: {
    merged: {
      type: 'boolean',
      summary: {
        pt: 'exporta o modelo inteiro em vez do adaptador',
        en: 'exports the whole model instead of the adapter',
      },
    },
    out: {
      type: 'string',
      takes: 'FILE',
      summary: { pt: 'o arquivo em que a exportação é escrita', en: 'the file that the export is written to' },
    },
    ...connectionOptions,
  },
  async run(context) {
    const [action = 'list', id] = context.positionals;
    const connection = await openSession(context);
    if (action === 'list') await list(context, connection);
    else if (action !== 'export')
      throw new UsageError({ pt: `Ação desconhecida: ${action}`, en: `Unknown action: ${action}` });
    else if (id === undefined)
      throw new UsageError({
        pt: 'Falta o id da versão a exportar.',
        en: 'The id of the version to export is needed.',
      });
    else await exportVersion(context, { connection, id });
    return exitCodes.ok;
  },
};

async function list({ terminal }: CommandContext, connection: Connection): Promise<void> {
  const all: TrainingVersion[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await listVersions(connection, after);
    all.push(...items);
    after = next ?? undefined;
  } while (after !== undefined);
  if (terminal.json) terminal.writeJson(all);
  else for (const version of all) terminal.write(`${lineOf(version, terminal.language)}\n`);
  if (all.length === 0) terminal.note({ pt: 'Nada foi treinado ainda.', en: 'Nothing was trained yet.' });
}

/** Under its name the file is whole, or it is not there. */
async function exportVersion(
  context: CommandContext,
  { connection, id }: { connection: Connection; id: string },
): Promise<void> {
  const { terminal, signal, values } = context;
  const form = values['merged'] === true ? 'merged' : 'adapter';
  const path = textOption(context, 'out') ?? `${id}-${form}.gguf`;
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(readVersion(connection, { id, form, signal }), createWriteStream(unfinished));
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  if (terminal.json) terminal.writeJson({ version: id, form, file: path });
  else terminal.note({ pt: `Exportada para ${path}.`, en: `Exported to ${path}.` });
}

function lineOf(version: TrainingVersion, language: keyof Text): string {
  const { id, base_model: base, data, created_at: at } = version;
  const examples = language === 'pt' ? 'exemplos' : 'examples';
  return `${version.in_force ? '*' : ' '} ${id}  ${base}  ${at.slice(0, 16)}  ${data.examples} ${examples}  ${stateOf(version)[language]}`;
}

function stateOf({ in_force: answers, override, gate }: TrainingVersion): Text {
  if (override !== null)
    return { pt: `publicada apesar de: ${override.reason}`, en: `published although: ${override.reason}` };
  if (!gate.accepted) return { pt: 'recusada', en: 'rejected' };
  return answers ? { pt: 'responde', en: 'answers' } : { pt: 'aprovada', en: 'accepted' };
}
