import type { Text, TextLanguage } from './texts.ts';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Terminal {
  readonly language: TextLanguage;
  /** True when `--json` asked for results that programs read. */
  readonly json: boolean;
  /** A result, as text. */
  write(text: string): void;
  /** A result, as one line of JSON. */
  writeJson(value: unknown): void;
  /** A remark for the person, kept out of the result. */
  note(text: Text): void;
  /** Draws progress over the last one; on a terminal only. */
  progress(line: string): void;
}

export function openTerminal({ language, json }: { language: TextLanguage; json: boolean }): Terminal {
  let drawn = false;
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\u001B[2K');
    drawn = false;
  };
  return {
    language,
    json,
    write(text) {
      clear();
      process.stdout.write(printable(text));
    },
    writeJson(value) {
      clear();
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      clear();
      process.stderr.write(`${printable(text[language])}\n`);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      clear();
      process.stderr.write(printable(line).slice(0, (process.stderr.columns ?? 80) - 1));
      drawn = true;
    },
  };
}

/** What documents and models write may not move the cursor, change the title or colour the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  return text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '');
}

/** `[████░░░░]` */
export function bar(done: number, total: number, width = 24): string {
  const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * width);
  return `[${'█'.repeat(filled)}${'░'.repeat(width - filled)}]`;
}
