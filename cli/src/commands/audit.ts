import { auditActionSchema, listAudit, type AuditEntry, type AuditQuery } from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';
import type { Text } from '../texts.ts';

export const audit: Command = {
  name: 'audit',
  summary: { pt: 'mostra quem fez o quê', en: 'shows who did what' },
  usage: '',
  takesWords: false,
  options: {
    actor: {
      type: 'string',
      takes: 'NAME',
      summary: { pt: 'só o que esta conta fez', en: 'only what this account did' },
    },
    action: {
      type: 'string',
      takes: 'ACTION',
      summary: { pt: 'só isto, como auth.login', en: 'only this, such as auth.login' },
    },
    since: {
      type: 'string',
      takes: 'DATE',
      summary: { pt: 'só desde então, como 2026-11-30', en: 'only since then, such as 2026-11-30' },
    },
    limit: { type: 'string', takes: 'N', summary: { pt: 'quantas linhas, no máximo', en: 'how many lines at most' } },
    ...connectionOptions,
  },
  async run(context) {
    const { terminal, signal } = context;
    const query = queryOf(context);
    const most = mostOf(context);
    const connection = await openSession(context);
    let shown = 0;
    let after: string | undefined;
    do {
      const page = await listAudit(connection, { ...query, limit: Math.min(most - shown, longestPage), after }, signal);
      for (const entry of page.items) {
        if (terminal.json) terminal.writeJson(entry);
        else terminal.write(`${lineOf(entry, terminal.language)}\n`);
      }
      shown += page.items.length;
      after = page.next ?? undefined;
    } while (after !== undefined && shown < most);
    if (shown === 0) terminal.note({ pt: 'Nada foi anotado.', en: 'Nothing was noted.' });
    return exitCodes.ok;
  },
};

const longestPage = 100;
const usualEntries = 50;

function mostOf(context: CommandContext): number {
  const given = textOption(context, 'limit');
  const most = given === undefined ? usualEntries : Number(given);
  if (Number.isInteger(most) && most > 0) return most;
  throw new UsageError({ pt: '--limit precisa de um número acima de 0.', en: '--limit needs a number above 0.' });
}

function queryOf(context: CommandContext): Pick<AuditQuery, 'actor' | 'action' | 'since'> {
  const action = auditActionSchema.optional().safeParse(textOption(context, 'action'));
  if (!action.success) {
    const actions = auditActionSchema.options.join(', ');
    throw new UsageError({ pt: `--action precisa ser uma de: ${actions}`, en: `--action needs one of: ${actions}` });
  }
  const since = textOption(context, 'since');
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new UsageError({
      pt: '--since precisa de uma data, como 2026-11-30.',
      en: '--since needs a date, such as 2026-11-30.',
    });
  }
  return {
    actor: textOption(context, 'actor'),
    action: action.data,
    since: since === undefined ? undefined : new Date(since).toISOString(),
  };
}

const outcomes: Record<AuditEntry['outcome'], Text> = {
  ok: { pt: 'feito', en: 'done' },
  refused: { pt: 'recusado', en: 'refused' },
  throttled: { pt: 'tentativas demais', en: 'too many attempts' },
  failed: { pt: 'falhou', en: 'failed' },
};

function lineOf({ at, actor, action, subject, outcome, address }: AuditEntry, language: keyof Text): string {
  const who = actor === null ? '-' : actor.key_id === null ? actor.username : `${actor.username}/${actor.key_id}`;
  const columns = [at.slice(0, 19), who.padEnd(16), action.padEnd(17), outcomes[outcome][language].padEnd(10)];
  return [...columns, subject ?? '-', ...(address === null ? [] : [address])].join('  ');
}
