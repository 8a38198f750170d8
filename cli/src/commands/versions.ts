import { listVersions, type TrainingVersion } from '@billumy/protocol';
import { exitCodes, type Command } from '../command.ts';
import { connectionOptions, connectionUsage, openSession } from '../session.ts';
import type { Text } from '../texts.ts';

export const versions: Command = {
  name: 'versions',
  summary: {
    pt: 'lista o que os treinamentos fizeram, e o que responde',
    en: 'lists what trainings made, and what answers',
  },
  usage: connectionUsage,
  options: connectionOptions,
  async run(context) {
    const { terminal } = context;
    const connection = await openSession(context);
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
    return exitCodes.ok;
  },
};

function lineOf(version: TrainingVersion, language: keyof Text): string {
  const { id, base_model: base, data, created_at: at } = version;
  const examples = language === 'pt' ? 'exemplos' : 'examples';
  return `${version.in_force ? '*' : ' '} ${id}  ${base}  ${at.slice(0, 16)}  ${data.examples} ${examples}  ${stateOf(version)[language]}`;
}

function stateOf({ in_force: answers, override, gate }: TrainingVersion): Text {
  if (override !== null) return { pt: `publicada apesar de: ${override.reason}`, en: `published although: ${override.reason}` };
  if (!gate.accepted) return { pt: 'recusada', en: 'rejected' };
  return answers ? { pt: 'responde', en: 'answers' } : { pt: 'aprovada', en: 'accepted' };
}
