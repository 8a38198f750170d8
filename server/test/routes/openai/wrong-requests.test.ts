import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDialectApp, type DialectApp } from '../../support/dialect-app.ts';

const chat = '/v1/chat/completions';
const hello = { model: 'nano', messages: [{ role: 'user', content: 'Olá' }] };
let app: DialectApp;
beforeAll(async () => {
  app = await openDialectApp();
});
afterAll(() => app[Symbol.asyncDispose]());

interface Row {
  url?: string;
  method?: 'GET' | 'POST' | 'PUT';
  body?: unknown;
  status: number;
  message: string;
  type?: string;
  param?: string | null;
  code?: string | null;
}

const wrongMessages = (...messages: unknown[]): Pick<Row, 'body'> => ({ body: { ...hello, messages } });
const image = (address: string): object => ({
  role: 'user',
  content: [{ type: 'image_url', image_url: { url: address } }],
});
const assistantCall = (json: string): object => ({
  role: 'assistant',
  tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: json } }],
});

const rows: Record<string, Row> = {
  'an address that is not there': {
    url: '/v1/nothing?a=1',
    method: 'GET',
    status: 404,
    message: 'Invalid URL (GET /v1/nothing)',
    code: 'not_found',
  },
  'a method that is not taken': {
    url: chat,
    method: 'GET',
    status: 405,
    message: 'This address takes POST.',
    code: 'method_not_allowed',
  },
  'no body': {
    status: 400,
    message: 'Invalid body: Invalid input: expected object, received null',
  },
  'a body that is no JSON': {
    body: '{"model":',
    status: 400,
    message: 'The body is not valid JSON in UTF-8.',
    code: 'invalid_json',
  },
  'no model': {
    body: { messages: hello.messages },
    status: 400,
    message: "Invalid value for 'model': Invalid input: expected string, received undefined",
    param: 'model',
  },
  'no messages': { ...wrongMessages(), status: 400, message: "[] is too short - 'messages'", param: 'messages' },
  'a role that nobody has': {
    ...wrongMessages({ role: 'robot', content: 'x' }),
    status: 400,
    message:
      'Invalid value for \'messages[0].role\': must have the role "system", "developer", "user", "assistant" or "tool"',
    param: 'messages[0].role',
  },
  'content of a wrong type': {
    ...wrongMessages({ role: 'user', content: 5 }),
    status: 400,
    message:
      'Invalid value for \'messages[0].content\': must be a string or an array of parts of the types "text" and "image_url"',
    param: 'messages[0].content',
  },
  'a picture from elsewhere': {
    ...wrongMessages(image('https://example.com/a.png')),
    status: 400,
    message: 'image URLs are not currently supported, please use base64 encoded data instead',
    param: 'messages[0].content[0].image_url.url',
  },
  'base64 that is not': {
    ...wrongMessages(image('data:image/png;base64,a b!')),
    status: 400,
    message: 'invalid image input',
    param: 'messages[0].content[0].image_url.url',
  },
  'a picture from a file': {
    ...wrongMessages(image('file:///etc/passwd')),
    status: 400,
    message: 'invalid image input',
    param: 'messages[0].content[0].image_url.url',
  },
  'arguments that are no JSON': {
    ...wrongMessages(assistantCall('{')),
    status: 400,
    message: "Invalid value for 'messages[0].tool_calls[0].function.arguments': is not JSON.",
    param: 'messages[0].tool_calls[0].function.arguments',
  },
  'arguments that are no object': {
    ...wrongMessages(assistantCall('[1]')),
    status: 400,
    message: "Invalid value for 'messages[0].tool_calls[0].function.arguments': it must be a JSON object.",
    param: 'messages[0].tool_calls[0].function.arguments',
  },
  'arguments that nest too deep': {
    ...wrongMessages(assistantCall('['.repeat(100))),
    status: 400,
    message: "Invalid value for 'messages[0].tool_calls[0].function.arguments': nests deeper than 64 levels.",
    param: 'messages[0].tool_calls[0].function.arguments',
  },
  'a temperature that is too high': {
    body: { ...hello, temperature: 3 },
    status: 400,
    message: "Invalid value for 'temperature': Too big: expected number to be <=2",
    param: 'temperature',
  },
  'too many choices': {
    body: { ...hello, n: 9 },
    status: 400,
    message: "Invalid value for 'n': Too big: expected number to be <=8",
    param: 'n',
  },
  'too many stops': {
    body: { ...hello, stop: ['a', 'b', 'c', 'd', 'e'] },
    status: 400,
    message: "Invalid value for 'stop': must be a string or an array of at most 4 strings",
    param: 'stop',
  },
  'a bias of no token': {
    body: { ...hello, logit_bias: { word: 1 } },
    status: 400,
    message: "Invalid value for 'logit_bias.word': Invalid key in record",
    param: 'logit_bias.word',
  },
  'top_logprobs without logprobs': {
    body: { ...hello, top_logprobs: 2 },
    status: 400,
    message: "Invalid value for 'top_logprobs': it is only allowed when 'logprobs' is true.",
    param: 'top_logprobs',
  },
  'a tool that must be called where there is none': {
    body: { ...hello, tool_choice: 'required' },
    status: 400,
    message: "Invalid value for 'tool_choice': it is only allowed when 'tools' are specified.",
    param: 'tool_choice',
  },
  'a tool that nobody named': {
    body: {
      ...hello,
      tools: [{ type: 'function', function: { name: 'a' } }],
      tool_choice: { type: 'function', function: { name: 'b' } },
    },
    status: 400,
    message: 'Invalid value for \'tool_choice\': no tool is named "b".',
    param: 'tool_choice',
  },
  'a form without its schema': {
    body: { ...hello, response_format: { type: 'json_schema', json_schema: {} } },
    status: 400,
    message:
      "Invalid value for 'response_format.json_schema.schema': Invalid input: expected record, received undefined",
    param: 'response_format.json_schema.schema',
  },
  'a duration that is none': {
    body: { ...hello, keep_alive: 'soon' },
    status: 400,
    message: 'Invalid value for \'keep_alive\': time: invalid duration "soon"',
    param: 'keep_alive',
  },
  'an encoding that nobody knows': {
    url: '/v1/embeddings',
    body: { model: 'nano', input: 'a', encoding_format: 'x' },
    status: 400,
    message: "Invalid value for 'encoding_format' = x. Supported values: ['float', 'base64'].",
    param: 'encoding_format',
  },
  'an empty text to embed': {
    url: '/v1/embeddings',
    body: { model: 'nano', input: ['a', ''] },
    status: 400,
    message: "Invalid value for 'input': a text must not be empty.",
    param: 'input',
  },
  'nothing to embed': {
    url: '/v1/embeddings',
    body: { model: 'nano', input: [] },
    status: 400,
    message: "Invalid value for 'input': it is empty.",
    param: 'input',
  },
};

describe('a wrong request under /v1', () => {
  it.each(Object.entries(rows))('is told of %s', async (_name, row) => {
    const { url = chat, method = 'POST', body, status, message } = row;
    const { type = 'invalid_request_error', param = null, code = null } = row;
    const reply = await app.call(method, url, { body });
    expect(reply.json()).toEqual({ error: { message, type, param, code } });
    expect(reply.statusCode).toBe(status);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});
