import { exitCodes, UsageError, type Command } from '../command.ts';
import { explainFirstStart, installationOptions, runMove } from '../moving.ts';

export const backup: Command = {
  name: 'backup',
  summary: {
    pt: 'copia tudo o que a instalação guarda para uma pasta',
    en: 'copies all that the installation keeps into a folder',
  },
  usage: 'FOLDER',
  takesWords: true,
  options: installationOptions,
  async run(context) {
    const [folder, ...others] = context.positionals;
    if (folder === undefined || others.length > 0)
      throw new UsageError({
        pt: 'Informe uma pasta para a cópia de segurança.',
        en: 'One folder for the backup is needed.',
      });
    const { backUp } = await import('@billumy/server/wire/move-data');
    const code = await runMove(context, (options) => backUp(folder, options));
    if (code === exitCodes.ok) explainFirstStart(context);
    return code;
  },
};
