import { getReadiness, type Readiness } from '@billumy/protocol';
import { exitCodes, type Command } from '../command.ts';
import { bar } from '../terminal.ts';
import type { Text } from '../texts.ts';
import { connectionOptions, openSession } from '../session.ts';

const words: Record<Readiness['status'], Text> = {
  ok: { pt: 'pronto', en: 'ready' },
  degraded: { pt: 'responde, com limitações', en: 'answers, with limits' },
  down: { pt: 'fora do ar', en: 'down' },
  shutting_down: { pt: 'encerrando', en: 'shutting down' },
};

export const status: Command = {
  name: 'status',
  summary: {
    pt: 'mostra se o serviço e suas partes estão bem',
    en: 'shows whether the service and its parts are well',
  },
  usage: '',
  takesWords: false,
  options: connectionOptions,
  async run(context) {
    const { terminal, signal } = context;
    const connection = await openSession(context);
    const readiness = await getReadiness(connection, { signal });
    if (terminal.json) terminal.writeJson(readiness);
    else terminal.write(describe(readiness, terminal.language));
    return readiness.status === 'ok' || readiness.status === 'degraded' ? exitCodes.ok : exitCodes.failed;
  },
};

function describe(readiness: Readiness, language: keyof Text): string {
  const lines = [`Billumy ${readiness.version}: ${words[readiness.status][language]}`];
  for (const [name, part] of Object.entries(readiness.parts)) {
    lines.push(`  ${name.padEnd(16)} ${words[part.status][language]}${part.why === null ? '' : `: ${part.why}`}`);
  }
  for (const download of readiness.downloads) {
    lines.push(`  ${download.model.padEnd(16)} ${describeDownload(download, language)}`);
  }
  return `${lines.join('\n')}\n`;
}

const failed: Text = { pt: 'o download falhou', en: 'the download failed' };

function describeDownload(download: Readiness['downloads'][number], language: keyof Text): string {
  const { state, error, bytes_done: done, bytes_total: total, bytes_per_second: speed, seconds_left: left } = download;
  if (state === 'failed') return `${failed[language]}${error === null ? '' : `: ${error}`}`;
  const rest = left === null ? '' : `, ${Math.ceil(left)} s`;
  return `${bar(done, total ?? 0)} ${(speed / 1e6).toFixed(1)} MB/s${rest}`;
}
