import { expect, it } from 'vitest';
import { helpOf } from '../../../cli/src/help.ts';
import { commands } from '../../../cli/src/commands/index.ts';

it.each([40, 80])('keeps the list of commands within a terminal of %i columns', (columns) => {
  for (const language of ['pt', 'en'] as const) {
    const lines = helpOf(commands, language, columns).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    for (const { name } of commands) expect(lines.some((line) => line.startsWith(`  ${name} `))).toBe(true);
  }
});
