import type { CopyProgress, CopyResult, MoveOptions } from '@billumy/server/wire/move-data';
import { exitCodes, textOption, type CommandContext, type CommandOptions } from './command.ts';
import { describeFileError } from './mistakes.ts';
import { bar } from './terminal.ts';
import type { Text } from './texts.ts';

/** Options of the commands that work on an installation itself, not through its service. */
export const installationOptions = {
  data: {
    type: 'string',
    takes: 'FOLDER',
    summary: {
      pt: 'onde a instalação guarda os dados; senão, DATA_DIR',
      en: 'where the installation keeps its data; else DATA_DIR',
    },
  },
  mongo: {
    type: 'string',
    takes: 'URL',
    summary: {
      pt: 'o banco de dados da instalação; senão, MONGO_URL',
      en: 'the database of the installation; else MONGO_URL',
    },
  },
} as const satisfies CommandOptions;

type Move = (options: MoveOptions) => Promise<CopyResult>;

/** Runs a copy of an installation, showing how far it is, and tells in the end what was copied. */
export async function runMove(context: CommandContext, move: Move): Promise<number> {
  const { terminal, signal } = context;
  const { describeStartFailure } = await import('@billumy/server');
  let result: CopyResult;
  try {
    result = await move({
      environment: environmentOf(context),
      signal,
      onProgress: (progress) => terminal.progress(describeProgress(progress, terminal.language)),
    });
  } catch (error) {
    if (signal.aborted) {
      terminal.note({
        pt: 'Interrompido. O mesmo comando continua de onde parou.',
        en: 'Interrupted. The same command goes on where it stopped.',
      });
      return exitCodes.interrupted;
    }
    terminal.note(describeFileError(error) ?? describeStartFailure(error));
    return exitCodes.failed;
  }
  if (terminal.json) terminal.writeJson(result);
  else terminal.write(describeResult(result, terminal.language));
  for (const digest of result.missingModelFiles) {
    terminal.note({
      pt: `Falta um arquivo de modelo que uma persona usa: ${digest}`,
      en: `A model file that a persona uses is missing: ${digest}`,
    });
  }
  return exitCodes.ok;
}

/** A folder that is named is that installation, whatever MongoDB the settings name. */
function environmentOf(context: CommandContext): NodeJS.ProcessEnv {
  const data = textOption(context, 'data');
  const mongo = textOption(context, 'mongo');
  return {
    ...process.env,
    ...(data === undefined ? {} : { DATA_DIR: data, MONGO_URL: undefined }),
    ...(mongo === undefined ? {} : { MONGO_URL: mongo }),
  };
}

const steps: Record<CopyProgress['step'], Text> = {
  checking: { pt: 'Conferindo a origem', en: 'Checking the source' },
  'model-files': { pt: 'Copiando modelos', en: 'Copying model files' },
  copying: { pt: 'Copiando', en: 'Copying' },
  verifying: { pt: 'Conferindo a cópia', en: 'Verifying the copy' },
};

function describeProgress(progress: CopyProgress, language: keyof Text): string {
  const { step, done, total } = progress;
  const kind = progress.step === 'model-files' ? '' : ` ${progress.kind}`;
  return `${steps[step][language]}${kind} ${bar(done, total)} ${done}/${total}`;
}

function describeResult({ summaries, modelFiles }: CopyResult, language: keyof Text): string {
  const portuguese = language === 'pt';
  const verified = portuguese ? 'conferido' : 'verified';
  const rows = [
    ...summaries.map(({ kind, records }) => [kind, String(records)]),
    [portuguese ? 'modelos enviados' : 'uploaded model files', String(modelFiles)],
  ];
  const lines = rows.map(([name = '', count = '']) => `${name.padEnd(22)}${count.padStart(9)}  ${verified}`);
  return `${lines.join('\n')}\n`;
}

/** What a person should know about a copy that can be used. */
export function explainFirstStart({ terminal }: CommandContext): void {
  terminal.note({
    pt: 'O índice de busca não é copiado: o serviço o refaz dos textos guardados quando for ligado.',
    en: 'The search index is not copied: the service makes it again from the stored texts when it is started.',
  });
  terminal.note({
    pt: 'Modelos baixados não são copiados: o serviço os baixa de novo quando faltarem.',
    en: 'Downloaded models are not copied: the service downloads them again where they are missing.',
  });
}
