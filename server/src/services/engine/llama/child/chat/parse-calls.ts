import { randomInt } from 'node:crypto';
import type { JsonSchema, Tool, ToolCall } from '../../../../../models/language-model.ts';

/**
 * The calls that a text writes, in any of the forms that models use; undefined when it writes none, or one of a function
 * that was not offered.
 */
export function parseCalls(text: string, tools: readonly Tool[]): ToolCall[] | undefined {
  const body = withoutFence(text.trim());
  const written = fromJson(body) ?? fromDeepSeek(body) ?? fromTags(body, tools) ?? fromNameAndJson(body);
  if (written === undefined || written.length === 0) return undefined;
  const names = new Set(tools.map(({ name }) => name));
  if (written.some(({ name }) => !names.has(name))) return undefined;
  return written.map((call) => ({ id: newCallId(), ...call }));
}

type WrittenCall = Omit<ToolCall, 'id'>;
type Members = Record<string, unknown>;

function withoutFence(text: string): string {
  return /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(text)?.[1]?.trim() ?? text;
}

function fromJson(text: string): WrittenCall[] | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const calls = (Array.isArray(value) ? value : [value]).map(callOf);
  return allOf(calls);
}

/** `{"name", "arguments"}` by whatever names models give to the two. */
function callOf(value: unknown): WrittenCall | undefined {
  if (!isMembers(value)) return undefined;
  const members = isMembers(value['function']) ? value['function'] : value;
  const name = members['name'] ?? members['tool_name'] ?? members['function'];
  const values = argumentsOf(members['arguments'] ?? members['parameters'] ?? {});
  return typeof name === 'string' && values !== undefined ? { name, arguments: values } : undefined;
}

function argumentsOf(value: unknown): Members | undefined {
  const members = typeof value === 'string' ? parsed(value) : value;
  return isMembers(members) ? members : undefined;
}

/** `<｜tool▁call▁begin｜>function<｜tool▁sep｜>name`, then JSON in a fence; or name, separator and JSON. */
function fromDeepSeek(text: string): WrittenCall[] | undefined {
  const [before, ...bodies] = text.split('<｜tool▁call▁begin｜>');
  if (before?.trim() !== '' || bodies.length === 0) return undefined;
  return allOf(
    bodies.map((body) => {
      const [call = ''] = body.split('<｜tool▁call▁end｜>');
      const found = /^(?:function<｜tool▁sep｜>)?([^\s<｜]+)(?:<｜tool▁sep｜>|\s)([\s\S]*)$/.exec(call.trim());
      return found === null ? undefined : named(found[1], withoutFence(found[2]?.trim() ?? ''));
    }),
  );
}

/** `<function=name>` with JSON, or with `<parameter=key>value</parameter>`; GLM's keys and values. */
function fromTags(text: string, tools: readonly Tool[]): WrittenCall[] | undefined {
  const opened = /^(?:<function=)?([^\s<>={}[\]"]+)\s*>?\s*([\s\S]*?)(?:<\/function>)?$/.exec(text);
  const name = opened?.[1];
  const inner = opened?.[2]?.trim() ?? '';
  if (name === undefined) return undefined;
  if (inner.startsWith('{')) return allOf([named(name, inner)]);
  const schema = tools.find((tool) => tool.name === name)?.parameters ?? {};
  const pairs = [
    ...inner.matchAll(/<parameter=([^>]+)>\n?([\s\S]*?)\n?<\/parameter>/g),
    ...inner.matchAll(/<arg_key>([\s\S]*?)<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>/g),
  ];
  if (pairs.length === 0) return undefined;
  const values = pairs.map(([, key = '', value = '']) => [key.trim(), typed(value, typeOf(schema, key.trim()))]);
  return [{ name, arguments: Object.fromEntries(values) as Members }];
}

/** Mistral's `name[ARGS]{…}`, with ids in between or not. */
function fromNameAndJson(text: string): WrittenCall[] | undefined {
  const found = /^([^\s[{]+)(?:\[CALL_ID\][^[{]*)?(?:\[ARGS\])?\s*(\{[\s\S]*\})$/.exec(text);
  return found === null ? undefined : allOf([named(found[1], found[2] ?? '')]);
}

function named(name: string | undefined, json: string): WrittenCall | undefined {
  const values = argumentsOf(parsed(json));
  return name === undefined || values === undefined ? undefined : { name, arguments: values };
}

function allOf(calls: readonly (WrittenCall | undefined)[]): WrittenCall[] | undefined {
  const present = calls.filter((call) => call !== undefined);
  return present.length === calls.length ? present : undefined;
}

function typeOf(schema: JsonSchema, key: string): unknown {
  const { properties } = schema;
  const property = isMembers(properties) ? properties[key] : undefined;
  return isMembers(property) ? property['type'] : undefined;
}

/** A value that was written without quotes is what the schema says; text where it says nothing else. */
function typed(value: string, type: unknown): unknown {
  return type === 'string' ? value : (parsed(value) ?? value);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const idCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 8;

function newCallId(): string {
  return `call_${Array.from({ length: idLength }, () => idCharacters[randomInt(idCharacters.length)]).join('')}`;
}
