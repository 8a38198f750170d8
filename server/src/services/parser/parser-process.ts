import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { ParsedDocument } from '../../models/document.ts';
import type { ParserInput } from '../../ports/parser.ts';
import { builtModule } from '../../process/built-module.ts';
import { startLimitedProcess, type LimitedProcess, type ProcessDeath } from '../../process/limited-process.ts';
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

export function startParserProcess({ cpuSeconds, memoryMegabytes }: ParserProcessLimits): ParserProcess {
  let reading: Reading | null = null;
  let usage: ParserUsage = { cpuMilliseconds: 0, residentBytes: 0 };

  const child = startLimitedProcess<ParserRequest, ParserReply>({
    module: builtModule(import.meta.url, './parser-child.js'),
    limits: { cpuSeconds, memoryMegabytes, openFiles, fileBytes: 0 },
    heapShare,
    onReply(reply) {
      if (reading === null) return;
      if (reply.type === 'part') addPart(reading, reply);
      if (reply.type !== 'parsed' && reply.type !== 'failed') return;
      usage = reply.usage;
      if (reply.type === 'parsed') reading.resolve({ title: reply.title, pages: reply.pages, ...joined(reading) });
      else reading.reject(new AppError(reply.code, { detail: reply.detail }));
      reading = null;
    },
    onEnd(error) {
      reading?.reject(error);
      reading = null;
    },
    deathError,
  });

  return {
    parse(file) {
      return new Promise((resolve, reject) => {
        if (!child.isAlive()) reject(new AppError('internal', { detail: told`The parser process has ended.` }));
        else {
          reading = { resolve, reject, text: [], sections: [] };
          void sendFile(child, file);
        }
      });
    },
    kill: child.kill,
    usage: () => usage,
    ended: child.ended,
    isAlive: child.isAlive,
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

async function sendFile(child: LimitedProcess<ParserRequest>, { bytes, mediaType }: ParserInput): Promise<void> {
  await child.send({ type: 'file', mediaType, byteLength: bytes.length });
  for (let at = 0; at < bytes.length && child.isAlive(); at += sliceLength) {
    await child.send({ type: 'bytes', bytes: bytes.subarray(at, at + sliceLength) });
  }
}

/** Of the data limit, what is left to the engine itself and to buffers outside its heap. */
const heapShare = 0.7;
const openFiles = 64;

function deathError(death: ProcessDeath): AppError {
  if (death.kind === 'not_started') return new AppError('internal', { cause: death.cause });
  return death.kind === 'limit' ? tooExpensive() : new AppError('document_broken');
}

/** For a file that needed more processor time, memory or patience than it gets. */
export function tooExpensive(): AppError {
  return new AppError('document_too_expensive', { detail: told`Split the file, or send its text alone.` });
}
