import { open, stat, truncate } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { writeDurably } from '../../process/durable-file.ts';

const newLine = 0x0a;

/** The lines of a file, without the line feeds, and what follows the last one, if anything; none when there is no file. */
export async function* readLines(path: string): AsyncGenerator<Buffer> {
  if (!(await exists(path))) return;
  let begun: Buffer[] = [];
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = piece.indexOf(newLine); end >= 0; end = piece.indexOf(newLine, start)) {
      yield Buffer.concat([...begun, piece.subarray(start, end)]);
      begun = [];
      start = end + 1;
    }
    if (start < piece.length) begun.push(piece.subarray(start));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

export async function countLines(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of readLines(path)) lines += 1;
  return lines;
}

/** Adds lines at the end; they are on the disk when it resolves. */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join('');
  if (!(await exists(path))) return writeDurably(path, text);
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes the part of a line that a crash left at the end. */
export async function removeTornLine(path: string): Promise<void> {
  if (!(await exists(path))) return;
  const { size } = await stat(path);
  let whole = 0;
  let read = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    const last = piece.lastIndexOf(newLine);
    if (last >= 0) whole = read + last + 1;
    read += piece.length;
  }
  if (whole < size) await truncate(path, whole);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
