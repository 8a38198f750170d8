import type { z } from 'zod';
import type { ErrorIssue } from '../../errors/app-error.ts';
import { inEnglish, told, type Told } from '../../errors/told.ts';

const longestMessage = 200;
const longestValue = 150;

/** What zod finds wrong with a value; which fields there are depends on the code. */
export interface ZodFinding {
  code?: string | undefined;
  message: string;
  expected?: unknown;
  values?: readonly unknown[];
  origin?: unknown;
  maximum?: unknown;
  minimum?: unknown;
  inclusive?: unknown;
  keys?: readonly string[];
}

/** One entry per wrong field. @param within what the path of each begins with */
export function toIssues({ issues }: z.ZodError, within: readonly string[] = []): ErrorIssue[] {
  return issues.map((issue) => ({
    path: [...within, ...issue.path].join('.'),
    message: toldIssue(issue as ZodFinding),
  }));
}

/** In English it is what zod says; what a schema says itself is told as it is. */
export function toldIssue(finding: ZodFinding): Told {
  const words = wordsOf(finding);
  if (words === undefined || inEnglish(words) !== finding.message) {
    return { template: shortened(finding.message, longestMessage), values: [] };
  }
  const values = words.values.map((value) => (typeof value === 'string' ? shortened(value, longestValue) : value));
  return { ...words, values };
}

function wordsOf(finding: ZodFinding): Told | undefined {
  switch (finding.code ?? '') {
    case 'invalid_type': {
      // Zod keeps no value with what it finds: only its message tells what came.
      const received = finding.message.split(', received ').at(-1) ?? '';
      return told`Invalid input: expected ${String(finding.expected)}, received ${received}`;
    }
    case 'invalid_value': {
      const values = (finding.values ?? []).map((value) => JSON.stringify(value)).join('|');
      return finding.values?.length === 1
        ? told`Invalid input: expected ${values}`
        : told`Invalid option: expected one of ${values}`;
    }
    case 'too_big':
      return tooBig(finding.origin, `${finding.inclusive === true ? '<=' : '<'}${String(finding.maximum)}`);
    case 'too_small':
      return tooSmall(finding.origin, `${finding.inclusive === true ? '>=' : '>'}${String(finding.minimum)}`);
    case 'unrecognized_keys': {
      const keys = (finding.keys ?? []).map((key) => JSON.stringify(key)).join(', ');
      return finding.keys?.length === 1 ? told`Unrecognized key: ${keys}` : told`Unrecognized keys: ${keys}`;
    }
    case 'invalid_union':
      return told`Invalid input`;
    default:
      return undefined;
  }
}

function tooBig(origin: unknown, limit: string): Told {
  if (origin === 'string') return told`Too big: expected string to have ${limit} characters`;
  if (origin === 'array') return told`Too big: expected array to have ${limit} items`;
  return told`Too big: expected ${String(origin)} to be ${limit}`;
}

function tooSmall(origin: unknown, limit: string): Told {
  if (origin === 'string') return told`Too small: expected string to have ${limit} characters`;
  if (origin === 'array') return told`Too small: expected array to have ${limit} items`;
  return told`Too small: expected ${String(origin)} to be ${limit}`;
}

/** Parts of it may come from the request. */
function shortened(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
