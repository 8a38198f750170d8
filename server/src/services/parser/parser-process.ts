import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { AppError } from '../../errors/app-error.ts';
import type { ParsedDocument } from '../../models/document.ts';
import type { ParserInput } from '../../ports/parser.ts';
import { builtModule } from '../../process/built-module.ts';
import { sliceLength, type ParserReply, type ParserRequest, type ParserUsage } from './parser-messages.ts';

export interface ParserProcessLimits {
  /** Of processor time, for all files that the process reads. */
  cpuSeconds: number;
  memoryMegabytes: number;
}

/** A process that reads one file at a time and can be killed at any moment. */
export interface ParserProcess {
  /** Rejects with the AppError that the file deserves, also when the process dies of it. */
  parse(file: ParserInput): Promise<ParsedDocument>;
  /** As it said with its last reply. */
  usage(): ParserUsage;
  /** At once, whatever it is doing. `reason` is what a file being read is rejected with; the first one counts. */
  kill(reason?: unknown): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  /** False once it died or was killed. */
  isAlive(): boolean;
}

export function startParserProcess(limits: ParserProcessLimits): ParserProcess {
  const child = spawnParser(limits);
  let reading: Reading | null = null;
  let killedFor: unknown;
  let isAlive = true;
  let usage: ParserUsage = { cpuMilliseconds: 0, residentBytes: 0 };

  const ended = new Promise<void>((resolve) => {
    const end = (error: unknown): void => {
      isAlive = false;
      reading?.reject(error);
      reading = null;
      resolve();
    };
    child.on('error', (cause) => end(killedFor ?? new AppError('internal', { cause })));
    child.on('exit', (code, signal) => end(killedFor ?? deathCause(code, signal)));
  });
  child.on('message', (reply: ParserReply) => {
    if (reading === null) return;
    if (reply.type === 'part') addPart(reading, reply);
    if (reply.type !== 'parsed' && reply.type !== 'failed') return;
    usage = reply.usage;
    if (reply.type === 'parsed') reading.resolve({ title: reply.title, pages: reply.pages, ...joined(reading) });
    else reading.reject(new AppError(reply.code, reply.detail === undefined ? {} : { detail: reply.detail }));
    reading = null;
  });

  return {
    parse(file) {
      return new Promise((resolve, reject) => {
        if (!isAlive) reject(new AppError('internal', { detail: 'The parser process has ended.' }));
        else {
          reading = { resolve, reject, text: [], sections: [] };
          void sendFile(child, file);
        }
      });
    },
    kill(reason) {
      killedFor ??= reason;
      isAlive = false;
      child.kill('SIGKILL');
    },
    usage: () => usage,
    ended,
    isAlive: () => isAlive,
  };
}

interface Reading {
  resolve(document: ParsedDocument): void;
  reject(error: unknown): void;
  text: string[];
  sections: Section[];
}

type Section = ParsedDocument['sections'][number];

function addPart(reading: Reading, part: ParserReply & { type: 'part' }): void {
  reading.text.push(part.text);
  for (const section of part.sections) reading.sections.push(section);
}

function joined({ text, sections }: Reading): Pick<ParsedDocument, 'text' | 'sections'> {
  return { text: text.join(''), sections };
}

async function sendFile(child: ChildProcess, { bytes, mediaType }: ParserInput): Promise<void> {
  await send(child, { type: 'file', mediaType, byteLength: bytes.length });
  for (let at = 0; at < bytes.length && child.connected; at += sliceLength) {
    await send(child, { type: 'bytes', bytes: bytes.subarray(at, at + sliceLength) });
  }
}

/** A message that cannot be sent went to a process that is dying, which its exit reports. */
function send(child: ChildProcess, request: ParserRequest): Promise<void> {
  return new Promise((resolve) => {
    child.send(request, () => resolve());
  });
}

/** Where Linux distributions keep it; elsewhere the heap limit and the deadline have to do. */
const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find((path) => existsSync(path));
/** Of the data limit, what is left to the engine itself and to buffers outside its heap. */
const heapShare = 0.7;
const openFiles = 64;

function spawnParser({ cpuSeconds, memoryMegabytes }: ParserProcessLimits): ChildProcess {
  const nodeOptions = [
    `--max-old-space-size=${Math.floor(memoryMegabytes * heapShare)}`,
    '--no-warnings',
    '--disallow-code-generation-from-strings',
    // It may read the program's own modules, but neither write files nor start processes.
    permissionFlag,
    '--allow-fs-read=*',
  ];
  const limited = [
    `--cpu=${Math.ceil(cpuSeconds)}`,
    `--data=${memoryMegabytes * 1024 * 1024}`,
    `--nofile=${openFiles}`,
    '--fsize=0',
    '--core=0',
    process.execPath,
    ...nodeOptions,
  ];
  return fork(builtModule(import.meta.url, './parser-child.js'), {
    execPath: prlimit ?? process.execPath,
    execArgv: prlimit === undefined ? nodeOptions : limited,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}

const permissionFlag = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/** Signals of the kernel for a limit, and of the engine for memory it did not get. */
const limitSignals: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGKILL',
  'SIGXCPU',
  'SIGABRT',
  'SIGTRAP',
  'SIGILL',
]);
const abortExitCode = 134;

function deathCause(code: number | null, signal: NodeJS.Signals | null): AppError {
  if (code === abortExitCode || (signal !== null && limitSignals.has(signal))) return tooExpensive();
  return new AppError('document_broken');
}

/** For a file that needed more processor time, memory or patience than it gets. */
export function tooExpensive(): AppError {
  return new AppError('document_too_expensive', { detail: 'Split the file, or send its text alone.' });
}
