import { maxNesting, nestsTooDeep } from '../../http/text-checks.ts';
import { findFirstValue } from './scan-json.ts';

const loneSurrogateEscape = /\\u[dD][89a-fA-F]/;

/**
 * The first JSON value of a text, as Go's `json.Decoder` reads it: what follows it is ignored, and lone surrogates become
 * U+FFFD. Throws a `SyntaxError` with Go's words.
 */
export function parseFirstJson(text: string): unknown {
  if (nestsTooDeep(text)) throw new SyntaxError(`exceeded max depth of ${maxNesting}`);
  try {
    return wellFormed(JSON.parse(text), text);
  } catch {
    const value = findFirstValue(text);
    return wellFormed(JSON.parse(value), value);
  }
}

function wellFormed(value: unknown, text: string): unknown {
  if (!loneSurrogateEscape.test(text)) return value;
  return JSON.parse(text, (_key, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed() : inner));
}
