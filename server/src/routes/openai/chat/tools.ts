import { z } from 'zod';
import type { JsonSchema, OutputFormat, Tool, ToolChoice } from '../../../models/language-model.ts';
import { jsonObject, optional } from '../../dialects/fields.ts';

const anything: JsonSchema = { type: 'object', properties: {} };
const longestName = 128;

/** What a tool is, in chat completions inside of `function`, in responses beside `type`. */
export const functionFields = {
  name: z.string().min(1).max(longestName),
  description: optional(z.string()),
  parameters: optional(jsonObject),
};
const functionSchema = z.looseObject(functionFields);

export const toolsField = optional(z.array(z.looseObject({ type: z.literal('function'), function: functionSchema })));

export const toolChoiceField = optional(
  z.union(
    [
      z.enum(['auto', 'none', 'required']),
      z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
    ],
    { error: 'must be "auto", "none", "required" or {"type": "function", "function": {"name": …}}' },
  ),
);

export function toTool({ name, description, parameters }: z.output<typeof functionSchema>): Tool {
  return { name, description: description ?? '', parameters: parameters ?? anything };
}

export function toToolChoice(choice: z.output<typeof toolChoiceField>): ToolChoice | undefined {
  return typeof choice === 'object' && choice !== null ? { name: choice.function.name } : (choice ?? undefined);
}

export const responseFormatField = optional(
  z.discriminatedUnion(
    'type',
    [
      z.looseObject({ type: z.literal('text') }),
      z.looseObject({ type: z.literal('json_object') }),
      z.looseObject({
        type: z.literal('json_schema'),
        json_schema: z.looseObject({ name: optional(z.string()), schema: jsonObject }),
      }),
    ],
    { error: 'must have the type "text", "json_object" or "json_schema"' },
  ),
);

export function toFormat(format: z.output<typeof responseFormatField>): OutputFormat | undefined {
  if (format?.type === 'json_object') return { type: 'json' };
  if (format?.type === 'json_schema') return { type: 'json-schema', schema: format.json_schema.schema };
  return undefined;
}
