import { exitCodes, textOption, UsageError, type Command } from '../command.ts';
import { explainFirstStart, runMove } from '../moving.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: {
    pt: 'leva uma instalação de uma pasta para o MongoDB, ou de volta',
    en: 'moves an installation from a folder into MongoDB, or back',
  },
  usage: '--from FOLDER|URL --to FOLDER|URL',
  takesWords: false,
  options: {
    from: {
      type: 'string',
      takes: 'FOLDER|URL',
      summary: {
        pt: 'a pasta de dados, ou o endereço do MongoDB (mongodb:…)',
        en: 'the folder of data, or the address of MongoDB (mongodb:…)',
      },
    },
    to: {
      type: 'string',
      takes: 'FOLDER|URL',
      summary: { pt: 'o mesmo, de uma instalação vazia', en: 'the same, of an empty installation' },
    },
  },
  async run(context) {
    const from = textOption(context, 'from');
    const to = textOption(context, 'to');
    if (from === undefined || to === undefined)
      throw new UsageError({ pt: 'Faltam --from e --to.', en: '--from and --to are needed.' });
    const moving = await import('@billumy/server/wire/move-data');
    const code = await runMove(context, (options) => moving.migrate({ from, to }, options));
    if (code === exitCodes.ok) explainFirstStart(context);
    return code;
  },
};
