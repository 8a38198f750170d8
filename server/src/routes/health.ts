import { healthSchema, readinessSchema, type Readiness } from '@billumy/protocol';
import { isAppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import { translate } from '../errors/translate.ts';
import type { Language } from '../models/language.ts';
import type { PartHealth } from '../models/part-health.ts';
import type { ModelDownload } from '../ports/model-files.ts';
import { version } from '../process/version.ts';
import { readerLanguage } from './http/reader-language.ts';
import type { App } from './http/route.ts';

export interface HealthOptions {
  /** By name; one that rejects, or takes too long, is down. */
  parts: Readonly<Record<string, () => Promise<PartHealth>>>;
  downloads(): readonly ModelDownload[];
  isStopping(): boolean;
  /** How long a part may take to say how it is. */
  partTimeoutMs?: number;
}

const tags = ['health'];

/** `/health`: the process lives. `/health/ready`: whether it can work, part by part. */
export function healthRoutes(options: HealthOptions): (app: App) => void {
  return (app) => {
    app.get(
      '/health',
      {
        config: { access: 'public', alwaysAnswers: true },
        schema: { summary: 'Whether the process lives', tags, response: { 200: healthSchema } },
      },
      async () => ({ status: 'ok' as const, version }),
    );
    app.get(
      '/health/ready',
      {
        config: { access: 'public', alwaysAnswers: true },
        schema: {
          summary: 'Whether the service can work, part by part, and what is being downloaded',
          tags,
          response: { 200: readinessSchema, 503: readinessSchema },
        },
      },
      async (_request, reply) => {
        const readiness = await readinessOf(options, readerLanguage(reply));
        const works = readiness.status === 'ok' || readiness.status === 'degraded';
        return reply.status(works ? 200 : 503).send(readiness);
      },
    );
  };
}

async function readinessOf(
  { parts, downloads, isStopping, partTimeoutMs = 3_000 }: HealthOptions,
  language: Language,
): Promise<Readiness> {
  const entries = await Promise.all(
    Object.entries(parts).map(async ([name, check]) => [name, await healthOf(check, partTimeoutMs)] as const),
  );
  return {
    status: isStopping() ? 'shutting_down' : worst(entries.map(([, { status }]) => status)),
    version,
    parts: Object.fromEntries(entries.map(([name, health]) => [name, toPartBody(health, language)])),
    downloads: downloads().map(toDownloadBody),
  };
}

function toPartBody({ why, ...health }: PartHealth, language: Language): Readiness['parts'][string] {
  return { ...health, why: why && translate(why, language) };
}

export function toDownloadBody(download: ModelDownload): Readiness['downloads'][number] {
  return {
    model: download.model,
    state: download.state,
    bytes_done: download.bytesDone,
    bytes_total: download.bytesTotal,
    bytes_per_second: download.bytesPerSecond,
    seconds_left: download.secondsLeft,
    error: download.error,
  };
}

async function healthOf(check: () => Promise<PartHealth>, timeoutMs: number): Promise<PartHealth> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<PartHealth>((resolve) => {
    timer = setTimeout(
      () => resolve({ status: 'down', why: told`It did not answer within ${timeoutMs} ms.` }),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    const why = isAppError(error, 'part_unavailable') ? error.told : undefined;
    return { status: 'down', why: why ?? told`It failed; the log has the details.` };
  } finally {
    clearTimeout(timer);
  }
}

function worst(statuses: readonly PartHealth['status'][]): PartHealth['status'] {
  if (statuses.includes('down')) return 'down';
  return statuses.includes('degraded') ? 'degraded' : 'ok';
}
