import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  streamInsights,
  verifyInsights,
  type Connection,
  type Insight,
  type InsightEvent,
  type InsightFiles,
  type InsightReport,
} from '@billumy/protocol';
import { exitCodes, textOption, UsageError, type Command, type CommandContext } from '../command.ts';
import { connectionOptions, openSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import type { Text } from '../texts.ts';
import { describeCitation } from './ask.ts';

export const insights: Command = {
  name: 'insights',
  summary: {
    pt: 'diz o que há de notável em tabelas (CSV, XLSX, JSON, NDJSON, Parquet), com números conferíveis',
    en: 'tells what is noteworthy in tables (CSV, XLSX, JSON, NDJSON, Parquet), with numbers that can be checked',
  },
  usage: 'FILE … | --verify ID',
  takesWords: true,
  options: {
    question: {
      type: 'string',
      takes: 'QUESTION',
      summary: { pt: 'o que se quer saber das tabelas', en: 'what is to be known of the tables' },
    },
    verify: {
      type: 'string',
      takes: 'ID',
      summary: {
        pt: 'calcula de novo o que um relatório disse, e compara',
        en: 'computes again what a report said, and compares',
      },
    },
    ...connectionOptions,
  },
  async run(context) {
    const verified = textOption(context, 'verify');
    if (verified !== undefined) return verify(context, verified);
    const request = await requestOf(context);
    const connection = await openSession(context);
    const report = await told(context, streamInsights(connection, request, context.signal));
    if (context.terminal.json) context.terminal.writeJson(report);
    return exitCodes.ok;
  },
};

async function verify(context: CommandContext, id: string): Promise<number> {
  const { terminal, signal } = context;
  const connection: Connection = await openSession(context);
  const verification = await verifyInsights(connection, id, signal);
  const { verified, evidence, facts } = verification;
  const changed = evidence.filter(({ identical }) => !identical).length;
  if (terminal.json) terminal.writeJson(verification);
  else if (verified) say(terminal, sameText(evidence.length, facts.checked));
  else say(terminal, changedText(changed, facts.different));
  return verified ? exitCodes.ok : exitCodes.failed;
}

function sameText(queries: number, facts: number): Text {
  return {
    pt: `Confere: ${queries} consultas e ${facts} números iguais.`,
    en: `Verified: ${queries} queries and ${facts} numbers are the same.`,
  };
}

function changedText(queries: number, facts: number): Text {
  return {
    pt: `Não confere: ${queries} consultas e ${facts} números diferentes.`,
    en: `Not the same: ${queries} queries and ${facts} numbers differ.`,
  };
}

async function requestOf(context: CommandContext): Promise<InsightFiles> {
  const { positionals } = context;
  if (positionals.length === 0) throw new UsageError({ pt: 'Falta um arquivo.', en: 'A file is needed.' });
  const language = textOption(context, 'language') === undefined ? 'auto' : context.terminal.language;
  const question = textOption(context, 'question');
  const files = await Promise.all(positionals.map(openTable));
  return { request: { language, ...(question === undefined ? {} : { question }) }, files };
}

/** The file is read as it is sent, so it may be larger than the memory. */
async function openTable(path: string): Promise<InsightFiles['files'][number]> {
  if (!(await stat(path)).isFile()) {
    throw new UsageError({ pt: `Não é um arquivo: ${path}`, en: `This is not a file: ${path}` });
  }
  const blob = await openAsBlob(path);
  return { table: tableName(path), file: new File([blob], basename(path)) };
}

const longestName = 63;

/** `vendas 2026.csv` becomes `vendas_2026`. */
function tableName(path: string): string {
  const name = basename(path, extname(path))
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
  return (/^[\p{L}_]/u.test(name) ? name : `t_${name}`).slice(0, longestName);
}

async function told({ terminal }: CommandContext, events: AsyncIterable<InsightEvent>): Promise<InsightReport> {
  for await (const event of events) {
    if (event.type === 'done') {
      if (!terminal.json) conclude(terminal, event.report);
      return event.report;
    }
    if (terminal.json) continue;
    if (event.type === 'insight') writeInsight(terminal, event.insight);
    if (event.type === 'answer') terminal.write(`${event.answer.needs_clarification ?? event.answer.text}\n\n`);
  }
  throw new Error('The service ended its reply before the report was complete.');
}

function writeInsight(terminal: Terminal, { score, headline, explanation, caveats, action, citations }: Insight): void {
  terminal.write(`${score.rank}. ${headline}\n`);
  for (const line of [explanation, ...caveats, action.text, ...citations.map(describeCitation)]) {
    if (line !== '') terminal.write(`   ${line}\n`);
  }
  terminal.write('\n');
}

const endings: Readonly<Record<'partial' | 'degraded', Text>> = {
  partial: {
    pt: 'O tempo acabou antes de tudo ser examinado.',
    en: 'The time was over before everything was looked at.',
  },
  degraded: { pt: 'Sem a ajuda do modelo de linguagem.', en: 'Without the help of the language model.' },
};

function conclude(terminal: Terminal, { id, status, insights: found, dataset }: InsightReport): void {
  if (found.length === 0) {
    say(terminal, {
      pt: 'Nada se destaca além do que o acaso explica.',
      en: 'Nothing stands out beyond what chance explains.',
    });
  }
  for (const { text } of dataset.warnings) terminal.note({ pt: `Atenção: ${text}`, en: `Note: ${text}` });
  if (status === 'partial' || status === 'degraded') terminal.note(endings[status]);
  const command = `billumy insights --verify ${id}`;
  terminal.note({ pt: `Para conferir os números: ${command}`, en: `To check the numbers: ${command}` });
}

function say(terminal: Terminal, text: Text): void {
  terminal.write(`${text[terminal.language]}\n`);
}
