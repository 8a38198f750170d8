import { rollBack } from '@billumy/protocol';
import { exitCodes, textOption, type Command } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';

export const rollback: Command = {
  name: 'rollback',
  summary: {
    pt: 'volta à versão que respondia antes do último treinamento',
    en: 'goes back to the version that answered before the last training',
  },
  usage: '',
  takesWords: false,
  options: {
    base: {
      type: 'string',
      takes: 'MODEL',
      summary: {
        pt: 'o modelo que volta; senão, o da configuração',
        en: 'the model that goes back; else the configured one',
      },
    },
    ...connectionOptions,
  },
  async run(context) {
    const { terminal } = context;
    const connection = await openSession(context);
    const inForce = await rollBack(connection, textOption(context, 'base'));
    const { base_model: base, version } = inForce;
    if (terminal.json) terminal.writeJson(inForce);
    else if (version === null) {
      terminal.note({ pt: `${base} responde como veio.`, en: `${base} answers as it came.` });
    } else terminal.note({ pt: `A versão ${version} responde de novo.`, en: `Version ${version} answers again.` });
    return exitCodes.ok;
  },
};
