import type { Tool, ToolCall, ToolChoice } from '../../models/language-model.ts';
import { findJsonFault } from '../http/text-checks.ts';
import { refuse } from './refusal.ts';
import { inEnglish } from '../../errors/told.ts';

/** A call as a caller tells it, whose arguments are JSON in a string. */
export function parseToolCall(call: { id: string; name: string; arguments: string }, path: string): ToolCall {
  const json = call.arguments.trim() === '' ? '{}' : call.arguments;
  const fault = findJsonFault(json, path);
  if (fault !== undefined) throw refuse(path, `Invalid value for '${path}': ${inEnglish(fault.message)}.`);
  const value = JSON.parse(json) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse(path, `Invalid value for '${path}': it must be a JSON object.`);
  }
  return { id: call.id, name: call.name, arguments: value as Record<string, unknown> };
}

/** Throws when a call is wanted that no tool can take. */
export function assertCallable(tools: readonly Tool[], choice: ToolChoice | undefined): void {
  if (choice === undefined || choice === 'auto' || choice === 'none') return;
  if (tools.length === 0) {
    throw refuse('tool_choice', "Invalid value for 'tool_choice': it is only allowed when 'tools' are specified.");
  }
  if (typeof choice === 'object' && tools.every(({ name }) => name !== choice.name)) {
    throw refuse('tool_choice', `Invalid value for 'tool_choice': no tool is named "${choice.name}".`);
  }
}
