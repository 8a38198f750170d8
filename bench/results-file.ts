import { readFile, writeFile } from 'node:fs/promises';
import { describeMachine, toTable, type BenchRow } from './row.ts';

const head =
  '# Measured figures\n\nMade by `npm run bench`, each section in one run, whose day and machine it names.\n';

/** Puts the figures of one run into the file, in place of the section's former ones. */
export async function recordSection(file: URL, name: string, rows: readonly BenchRow[]): Promise<void> {
  const before = sectionsOf(await readFile(file, 'utf8').catch(() => ''));
  const day = new Date().toISOString().slice(0, 10);
  before.set(name, `## ${name}\n\n${day}, ${describeMachine()}.\n\n${toTable(rows)}\n`);
  await writeFile(file, [head, ...before.values()].join('\n'));
}

/** Sections by name, as they stand in the file; what is before the first is not kept. */
function sectionsOf(text: string): Map<string, string> {
  const [, ...sections] = `\n${text}`.split(/\n(?=## )/);
  return new Map(
    sections.map((section) => [section.slice('## '.length, section.indexOf('\n')), `${section.trimEnd()}\n`]),
  );
}
