import type { ChatMessage, JsonSchema, Tool } from '../../models/language-model.ts';
import { ownText, showAsJson, Struct, type Value, type ValueMap } from './go-template/values.ts';

/** Messages as the templates of Ollama know them. The role is ours, so that `<|{{ .Role }}|>` may be a special token. */
export function messageValues(messages: readonly ChatMessage[]): Value[] {
  return messages.map(({ role, text, thinking = '', toolCalls = [], toolName = '', toolCallId = '' }) => {
    const calls = toolCalls.map(({ id, name, arguments: values }, index) => {
      const fields = { Index: index, Name: name, Arguments: jsonMap(values) };
      const called = new Struct('ToolCallFunction', fields, { index, name, arguments: values });
      return new Struct('ToolCall', { ID: id, Function: called }, { id, function: called.json });
    });
    const fields = {
      Role: ownText(role),
      Content: text,
      Thinking: thinking,
      Images: [],
      ToolCalls: calls,
      ToolName: toolName,
      ToolCallID: toolCallId,
    };
    return new Struct('Message', fields, { role, content: text });
  });
}

export function toolValues(tools: readonly Tool[]): Value {
  if (tools.length === 0) return undefined;
  const described = tools.map((tool) => {
    const { name, description, parameters } = tool;
    const fields = { Name: name, Description: description, Parameters: parametersValue(parameters) };
    const json = { name, description, parameters };
    const called = new Struct('ToolFunction', fields, json);
    return new Struct(
      'Tool',
      { Type: 'function', Function: called, Items: undefined },
      { type: 'function', function: json },
    );
  });
  return showAsJson(described);
}

function parametersValue(schema: JsonSchema): Struct {
  const { type = 'object', required = [], properties = {}, items, $defs } = schema;
  const fields = {
    Type: typeText(type),
    Required: jsonValue(required),
    Properties: propertiesValue(properties),
    Items: jsonValue(items),
    Defs: jsonValue($defs),
  };
  return new Struct('ToolFunctionParameters', fields, schema);
}

function propertiesValue(properties: unknown): ValueMap {
  if (!isObject(properties)) return {};
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, propertyValue(schema)]));
}

function propertyValue(schema: unknown): Struct {
  const { anyOf, type = '', items, description = '', enum: values, properties } = isObject(schema) ? schema : {};
  const fields = {
    AnyOf: Array.isArray(anyOf) ? anyOf.map(propertyValue) : undefined,
    Type: typeText(type),
    Items: jsonValue(items),
    Description: typeof description === 'string' ? description : '',
    Enum: jsonValue(values),
    Properties: properties === undefined ? undefined : propertiesValue(properties),
  };
  return new Struct('ToolProperty', fields, schema);
}

function typeText(type: unknown): string {
  if (!Array.isArray(type)) return typeof type === 'string' ? type : '';
  return type.length === 1 ? String(type[0]) : `[${type.map(String).join(' ')}]`;
}

/** An object that is shown as JSON, and can be gone through. */
function jsonMap(values: Readonly<Record<string, unknown>>): ValueMap {
  return showAsJson(jsonValue(values) as ValueMap);
}

function jsonValue(value: unknown): Value {
  return value as Value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
