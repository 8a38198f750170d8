import { expect, it } from 'vitest';
import { commandHelpOf, helpOf } from '../../../cli/src/help.ts';
import { commands } from '../../../cli/src/commands/index.ts';

it.each([40, 80])('keeps the list of commands within a terminal of %i columns', (columns) => {
  for (const language of ['pt', 'en'] as const) {
    const lines = helpOf(commands, language, columns).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    for (const { name } of commands) expect(lines.some((line) => line.startsWith(`  ${name} `))).toBe(true);
  }
});

it.each(commands)('tells what each option of $name is for', (command) => {
  for (const language of ['pt', 'en'] as const) {
    const help = commandHelpOf(command, language, 80);
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
    for (const [name, { summary, takes }] of Object.entries(command.options)) {
      expect(help).toContain(`  --${name} `);
      expect(summary[language]).toMatch(/^\S.*[^.\s]$/);
      expect(takes === undefined).toBe(command.options[name]!.type === 'boolean');
    }
  }
});
