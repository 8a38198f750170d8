import { configSchema, parseConfig } from '../../src/config/config.ts';
import { errorCatalogue, type ErrorCode } from '../../src/errors/catalogue.ts';
import { statusOf } from '../../src/routes/http/status-of.ts';

const madeBy = '<!-- Made from the source by `npx vitest run server/test/reference.test.ts -u`; do not edit. -->';

/** docs/errors.md */
export function renderErrors(): string {
  const entries = Object.entries(errorCatalogue).map(
    ([code, { meaning, retryable }]) =>
      `## ${code}\n\n${meaning}\n\nStatus ${statusOf[code as ErrorCode]}. ` +
      (retryable ? 'The same request may succeed later.' : 'Change the request before trying again.'),
  );
  const introduction =
    'Every error is an `application/problem+json` (RFC 9457). Its `code` is one of these and never changes its meaning; ' +
    'texts may. Statuses 429 and 503 come with `Retry-After`. `title` and `detail` are in English, or in Portuguese ' +
    'where `Accept-Language` prefers it.';
  return `${[madeBy, '# Errors', introduction, ...entries].join('\n\n')}\n`;
}

/** docs/config.md */
export function renderSettings(): string {
  // Settings that are more than one word have no default.
  const defaults = parseConfig({}) as Readonly<Record<string, string | number | boolean | null>>;
  const entries = Object.entries(configSchema.shape).map(
    ([name, schema]) => `## ${name}\n\n${schema.description ?? ''}\n\nDefault: ${shownDefault(defaults[name])}.`,
  );
  const introduction =
    'Settings are environment variables, or lines `NAME=value` of a file `.env` in the working directory; the environment ' +
    'wins. A wrong value stops the start with its name and the reason, never the value.';
  return `${[madeBy, '# Settings', introduction, ...entries].join('\n\n')}\n`;
}

function shownDefault(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return 'none';
  return `\`${typeof value === 'boolean' ? Number(value) : value}\``;
}
