import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { problemMeanings } from '@billumy/protocol';
import { ConfigError } from './config/config.ts';
import { loadConfig } from './config/load-config.ts';
import { translate } from './errors/translate.ts';
import { isAppError, isForeseen } from './errors/app-error.ts';
import { spareRepeats } from './process/spare-repeats.ts';
import { stopOnSignals } from './process/stop-on-signals.ts';
import type { App } from './routes/http/route.ts';
import { wire, type Service } from './wire.ts';
import type { NewAdministrator } from './wire/ensure-administrator.ts';

export { stopOnSignals } from './process/stop-on-signals.ts';

export interface ServerOptions {
  /** Settings by name; the environment of the process by default. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of the `.env` file; the working directory by default. */
  folder?: string;
  /** Where log lines go; standard error by default. */
  logStream?: { write(line: string): void };
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:8000`. */
  url: string;
  /** The first administrator, when this start made it. */
  newAdministrator: NewAdministrator | null;
  /** Notes an error in the log. */
  reportFailure(error: unknown): void;
  /** Lets requests in flight finish for a moment, then ends everything, at most once. */
  close(): Promise<void>;
}

const drainMs = 3_000;

/** Starts the service; resolves when it listens. Rejects with a ConfigError, or an AppError that says what to do. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const config = loadConfig(options);
  let app: App | undefined;
  const early: [string, unknown][] = [];
  const report = spareRepeats((what, error) => {
    if (app === undefined) early.push([what, error]);
    else logFailure(app, what, error);
  });
  const service = await wire({ config, report });
  try {
    // Loaded here: what `wire` begins first is not to wait for it.
    const { buildApp } = await import('./app.ts');
    app = await buildApp({
      ...service.app,
      logLevel: config.LOG_LEVEL,
      logStream: options.logStream ?? process.stderr,
    });
    for (const [what, error] of early) logFailure(app, what, error);
    await app.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await service[Symbol.asyncDispose]();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    url: urlOf(config.HOST, port),
    newAdministrator: service.newAdministrator,
    reportFailure: (error) => app.log.fatal({ error }, 'an error that nobody caught'),
    close: () => (stopped ??= stop(app, service)),
  };
}

function logFailure(app: App, what: string, error: unknown): void {
  app.log[isForeseen(error) ? 'warn' : 'error']({ error }, what);
}

async function stop(app: App, service: Service): Promise<void> {
  await service.inFlight.drain(drainMs);
  app.server.closeAllConnections();
  await app.close();
  await service[Symbol.asyncDispose]();
}

/** What a person is told when the service cannot start. What is said of one setting is in English. */
export function describeStartFailure(error: unknown): Record<'pt' | 'en', string> {
  if (error instanceof ConfigError) {
    const reasons = error.reasons.map((reason) => `  ${reason}`).join('\n');
    return { pt: `Estas configurações não estão certas:\n${reasons}`, en: error.message };
  }
  if (isAppError(error)) {
    const { told } = error;
    const pt = problemMeanings.pt[error.code];
    if (told === undefined) return { pt, en: problemMeanings.en[error.code] };
    return { pt: `${pt}\n  ${translate(told, 'pt')}`, en: translate(told, 'en') };
  }
  const { code = '', syscall, message, port } = error as NodeJS.ErrnoException & { port?: number };
  const told = syscall === 'listen' ? listenFailures[code]?.(port ?? 0) : undefined;
  return told ?? { pt: message, en: message };
}

const listenFailures: Readonly<Record<string, (port: number) => Record<'pt' | 'en', string>>> = {
  EADDRINUSE: (port) => ({
    pt: `Outro programa já usa a porta ${port}: escolha outra com PORT.`,
    en: `Something else listens on port ${port} already: choose another one with PORT.`,
  }),
  EACCES: (port) => ({
    pt: `Esta conta não pode usar a porta ${port}: escolha uma acima de 1023 com PORT.`,
    en: `This account may not listen on port ${port}: choose one above 1023 with PORT.`,
  }),
  EADDRNOTAVAIL: () => ({
    pt: 'Esta máquina não tem esse endereço: escolha outro com HOST.',
    en: 'This machine does not have that address: choose another one with HOST.',
  }),
};

function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function main(): Promise<void> {
  try {
    const server = await startServer();
    stopOnSignals(server);
    process.stdout.write(`Billumy listens on ${server.url}\n`);
    if (server.newAdministrator?.isGenerated === true) {
      const { username, password } = server.newAdministrator;
      process.stdout.write(`Administrator: ${username}\nPassword, shown this once: ${password}\n`);
    }
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error).en}\n`);
    process.exitCode = 1;
  }
}

function isStartedFile(): boolean {
  const startedFile = process.argv[1];
  if (startedFile === undefined || !existsSync(startedFile)) return false;
  return realpathSync(startedFile) === fileURLToPath(import.meta.url);
}

if (isStartedFile()) await main();
