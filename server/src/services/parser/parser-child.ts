import { AppError } from '../../errors/app-error.ts';
import { readFile } from './formats/read-file.ts';
import {
  sectionsPerPart,
  sliceLength,
  type ParserReply,
  type ParserRequest,
  type ParserUsage,
} from './parser-messages.ts';

/** The program of a parser process: one file at a time, until the service ends it. */
let file: { mediaType: string; bytes: Uint8Array; received: number } | null = null;

process.on('message', (request: ParserRequest) => {
  if (request.type === 'file') {
    file = { mediaType: request.mediaType, bytes: new Uint8Array(request.byteLength), received: 0 };
  } else if (file !== null) {
    file.bytes.set(request.bytes, file.received);
    file.received += request.bytes.length;
  }
  if (file === null || file.received < file.bytes.length) return;
  const { bytes, mediaType } = file;
  file = null;
  void answer(bytes, mediaType);
});
process.on('disconnect', () => process.exit());
await send({ type: 'ready' });

async function answer(bytes: Uint8Array, mediaType: string): Promise<void> {
  try {
    const { title, text, sections, pages } = await readFile(bytes, mediaType);
    for (let part = 0; part * sliceLength < text.length || part * sectionsPerPart < sections.length; part += 1) {
      await send({
        type: 'part',
        text: text.slice(part * sliceLength, (part + 1) * sliceLength),
        sections: sections.slice(part * sectionsPerPart, (part + 1) * sectionsPerPart),
      });
    }
    await send({ type: 'parsed', title, pages, usage: usage() });
  } catch (error) {
    const { code, told } = error instanceof AppError ? error : new AppError('document_broken');
    await send({ type: 'failed', code, detail: told, usage: usage() });
  }
}

function usage(): ParserUsage {
  const { user, system } = process.cpuUsage();
  return { cpuMilliseconds: (user + system) / 1000, residentBytes: process.memoryUsage.rss() };
}

function send(reply: ParserReply): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(reply, undefined, undefined, () => resolve());
  });
}
