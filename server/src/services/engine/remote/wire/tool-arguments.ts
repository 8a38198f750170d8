import type { ToolCall } from '../../../../models/language-model.ts';
import { malformed } from './trouble.ts';

/** The arguments of a call, sent as an object or as the text of one. */
export function toolArguments(given: unknown): ToolCall['arguments'] {
  const value = typeof given === 'string' ? parsed(given === '' ? '{}' : given) : (given ?? {});
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ToolCall['arguments'];
  throw malformed(new Error('the arguments of a tool call are no object'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(error);
  }
}
