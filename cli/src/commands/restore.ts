import { exitCodes, UsageError, type Command } from '../command.ts';
import { explainFirstStart, installationOptions, runMove } from '../moving.ts';

export const restore: Command = {
  name: 'restore',
  summary: {
    pt: 'traz uma cópia de volta para uma instalação vazia',
    en: 'brings a backup back into an empty installation',
  },
  usage: 'FOLDER',
  takesWords: true,
  options: installationOptions,
  async run(context) {
    const [folder, ...others] = context.positionals;
    if (folder === undefined || others.length > 0)
      throw new UsageError({ pt: 'Falta a pasta de uma cópia de segurança.', en: 'The folder of a backup is needed.' });
    const moving = await import('@billumy/server/wire/move-data');
    const code = await runMove(context, (options) => moving.restore(folder, options));
    if (code === exitCodes.ok) explainFirstStart(context);
    return code;
  },
};
