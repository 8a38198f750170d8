/** How a family of models writes the calls of tools. */
export interface CallFormat {
  /** Texts that begin calls anywhere in an answer, each with what ends them; null: the end of the answer. */
  readonly openers: readonly CallTags[];
  /** What a forced call looks like, around its arguments in JSON. */
  write(name: string): { before: string; after: string };
}

export interface CallTags {
  readonly open: string;
  readonly close: string | null;
}

const tagged: CallFormat = {
  openers: [{ open: '<tool_call>', close: '</tool_call>' }],
  write: (name) => ({
    before: `<tool_call>\n{"name": ${JSON.stringify(name)}, "arguments": `,
    after: '}\n</tool_call>',
  }),
};

const pipedTag: CallFormat = {
  openers: [{ open: '<|tool_call|>', close: null }],
  write: (name) => ({ before: `<|tool_call|>[{"name": ${JSON.stringify(name)}, "arguments": `, after: '}]' }),
};

const mistralOpeners = [{ open: '[TOOL_CALLS]', close: null }];

const mistral: CallFormat = {
  openers: mistralOpeners,
  write: (name) => ({ before: `[TOOL_CALLS][{"name": ${JSON.stringify(name)}, "arguments": `, after: '}]' }),
};

const mistralNamed: CallFormat = {
  openers: mistralOpeners,
  write: (name) => ({ before: `[TOOL_CALLS]${name}[ARGS]`, after: '' }),
};

const functionTag: CallFormat = {
  openers: [
    { open: '<function=', close: '</function>' },
    { open: '<|python_tag|>', close: null },
  ],
  write: (name) => ({ before: `<function=${name}>`, after: '</function>' }),
};

const command: CallFormat = {
  openers: [{ open: '<|START_ACTION|>', close: '<|END_ACTION|>' }],
  write: (name) => ({
    before: `<|START_ACTION|>[{"tool_call_id": "0", "tool_name": ${JSON.stringify(name)}, "parameters": `,
    after: '}]<|END_ACTION|>',
  }),
};

const deepSeek: CallFormat = {
  openers: [{ open: '<｜tool▁calls▁begin｜>', close: '<｜tool▁calls▁end｜>' }],
  write: (name) => ({
    before: `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>${name}\n\`\`\`json\n`,
    after: '\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
  }),
};

/** Llama 3: the answer is the call. */
const llama: CallFormat = {
  openers: [{ open: '<|python_tag|>', close: null }],
  write: (name) => ({ before: `{"name": ${JSON.stringify(name)}, "parameters": `, after: '}' }),
};

/** For models whose template knows no tools; what `withToolsInWords` asks for. */
export const plainCalls: CallFormat = {
  openers: [],
  write: (name) => ({ before: `{"name": ${JSON.stringify(name)}, "arguments": `, after: '}' }),
};

/** By what the template of the family says; the first that fits. */
const formats: readonly { sign: string; format: CallFormat }[] = [
  { sign: '<|START_ACTION|>', format: command },
  { sign: '<｜tool▁calls▁begin｜>', format: deepSeek },
  { sign: '[ARGS]', format: mistralNamed },
  { sign: '[TOOL_CALLS]', format: mistral },
  { sign: '<|tool_call|>', format: pipedTag },
  { sign: '<tool_call>', format: tagged },
  { sign: '</function>', format: functionTag },
  { sign: '"parameters": ', format: llama },
];

export function callFormatOf(template: string): CallFormat {
  return formats.find(({ sign }) => template.includes(sign))?.format ?? plainCalls;
}
