import type { AppError } from '../../../errors/app-error.ts';
import type { Citation } from '../../../models/answer.ts';
import type { ChatMessage, ToolCall } from '../../../models/language-model.ts';
import { toCitationBody } from '../../bodies/answer-bodies.ts';
import type { StartedPart } from '../../dialects/begin-completion.ts';
import { openAiError } from '../openai-error.ts';
import {
  createMessageWriter,
  createReasoningWriter,
  writeCall,
  type ItemWriter,
  type ResponseEvent,
} from './item-writers.ts';
import { toResponseUsage, type OutputItem, type ResponseBody } from './response-body.ts';

/** Puts a response together while its parts come, and tells what happens to it. */
export interface ResponseWriter {
  /** As it is now: whole after the part `finish`. */
  readonly body: ResponseBody;
  begin(): ResponseEvent[];
  write(part: StartedPart): ResponseEvent[];
  fail(problem: AppError): ResponseEvent[];
  /** What the assistant said, for the requests that go on from here. */
  message(): ChatMessage;
}

const writers = { message: createMessageWriter, reasoning: createReasoningWriter };

export function createResponseWriter(draft: ResponseBody): ResponseWriter {
  let body = draft;
  let current: ItemWriter | undefined;
  let citations: readonly Citation[] = [];
  const output: OutputItem[] = [];
  const toolCalls: ToolCall[] = [];

  const put = ({ item, events }: { item: OutputItem; events: ResponseEvent[] }): ResponseEvent[] => {
    const isCited = item.type === 'message' && citations.length > 0;
    const whole = isCited ? { ...item, citations: citations.map(toCitationBody) } : item;
    output.push(whole);
    return [...events, { type: 'response.output_item.done', output_index: output.length - 1, item: whole }];
  };
  const close = (): ResponseEvent[] => {
    if (current === undefined) return [];
    const ended = current.end();
    current = undefined;
    return put(ended);
  };
  const say = (kind: ItemWriter['kind'], delta: string): ResponseEvent[] => {
    if (current?.kind === kind) return current.add(delta);
    const closing = close();
    current = writers[kind](output.length);
    return [...closing, ...current.begin(), ...current.add(delta)];
  };
  const finish = (part: Extract<StartedPart, { type: 'finish' }>): ResponseEvent[] => {
    const isCut = part.reason === 'length';
    const silent = current === undefined && output.length === 0 ? say('message', '') : [];
    const closing = close();
    body = {
      ...body,
      status: isCut ? 'incomplete' : 'completed',
      incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
      output,
      usage: toResponseUsage(part.usage),
    };
    return [...silent, ...closing, { type: `response.${body.status}`, response: body }];
  };

  return {
    get body() {
      return body;
    },
    begin: () => [
      { type: 'response.created', response: body },
      { type: 'response.in_progress', response: body },
    ],
    write(part) {
      switch (part.type) {
        case 'text-delta':
          return say('message', part.delta);
        case 'thinking-delta':
          return say('reasoning', part.delta);
        case 'tool-call': {
          if (!body.parallel_tool_calls && toolCalls.length > 0) return [];
          toolCalls.push(part.call);
          const closing = close();
          return [...closing, ...put(writeCall(part.call, output.length))];
        }
        case 'citations':
          citations = part.citations;
          return [];
        case 'finish':
          return finish(part);
        default:
          return part satisfies never;
      }
    },
    fail(problem) {
      const { message, code, type } = openAiError(problem).error;
      body = { ...body, status: 'failed', error: { code: code ?? type, message }, output };
      return [{ type: 'response.failed', response: body }];
    },
    message: () => toMessage(output, toolCalls),
  };
}

function toMessage(output: readonly OutputItem[], toolCalls: readonly ToolCall[]): ChatMessage {
  const text = output.flatMap((item) => (item.type === 'message' ? item.content.map((part) => part.text) : []));
  const thoughts = output.flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : []));
  return {
    role: 'assistant',
    text: text.join('\n'),
    ...(thoughts.length === 0 ? {} : { thinking: thoughts.join('\n') }),
    ...(toolCalls.length === 0 ? {} : { toolCalls }),
  };
}
