import type { ToolCall } from '../../models/language-model.ts';
import type { StartedPart } from '../dialects/begin-completion.ts';
import { toCitations, toStop, toUsage, type Block, type MessageReply } from './message-reply.ts';

export interface MessageEvent {
  type: string;
  [field: string]: unknown;
}

/** Puts a message together while its parts come, and tells what happens to it. */
export interface MessageWriter {
  /** As it is now: whole after the part `finish`. */
  readonly message: MessageReply;
  begin(): MessageEvent[];
  write(part: StartedPart): MessageEvent[];
}

type Growing = Extract<Block, { type: 'text' | 'thinking' }>;

export function createMessageWriter(draft: MessageReply, { oneCall }: { oneCall: boolean }): MessageWriter {
  const content: Block[] = [];
  let message = draft;
  let growing: Growing['type'] | undefined;
  let calls = 0;

  const close = (): MessageEvent[] => {
    if (growing === undefined) return [];
    growing = undefined;
    return [{ type: 'content_block_stop', index: content.length - 1 }];
  };
  const open = (block: Block): MessageEvent[] => {
    const closing = close();
    content.push(block);
    return [...closing, { type: 'content_block_start', index: content.length - 1, content_block: block }];
  };
  const delta = (change: object): MessageEvent => ({
    type: 'content_block_delta',
    index: content.length - 1,
    delta: change,
  });
  const grow = (type: Growing['type'], text: string): MessageEvent[] => {
    const opening = growing === type ? [] : open(emptyBlock(type));
    growing = type;
    const block = content.at(-1) as Growing;
    content[content.length - 1] = longer(block, text);
    return [
      ...opening,
      delta(type === 'text' ? { type: 'text_delta', text } : { type: 'thinking_delta', thinking: text }),
    ];
  };
  const use = ({ id, name, arguments: input }: ToolCall): MessageEvent[] => {
    const opening = open({ type: 'tool_use', id, name, input: {} });
    content[content.length - 1] = { type: 'tool_use', id, name, input };
    const json = delta({ type: 'input_json_delta', partial_json: JSON.stringify(input) });
    return [...opening, json, { type: 'content_block_stop', index: content.length - 1 }];
  };
  const cite = (part: Extract<StartedPart, { type: 'citations' }>): MessageEvent[] => {
    const block = content.at(-1);
    if (block?.type !== 'text') return [];
    const citations = toCitations(part.citations);
    content[content.length - 1] = { ...block, citations };
    return citations.map((citation) => delta({ type: 'citations_delta', citation }));
  };
  const finish = (part: Extract<StartedPart, { type: 'finish' }>): MessageEvent[] => {
    const closing = close();
    message = { ...message, content, ...toStop(part), usage: toUsage(part.usage) };
    const { stop_reason, stop_sequence } = message;
    return [
      ...closing,
      { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage: message.usage },
      { type: 'message_stop' },
    ];
  };

  return {
    get message() {
      return message;
    },
    begin: () => [{ type: 'message_start', message }],
    write(part) {
      switch (part.type) {
        case 'text-delta':
          return grow('text', part.delta);
        case 'thinking-delta':
          return grow('thinking', part.delta);
        case 'tool-call':
          calls += 1;
          return oneCall && calls > 1 ? [] : use(part.call);
        case 'citations':
          return cite(part);
        case 'finish':
          return finish(part);
        default:
          return part satisfies never;
      }
    },
  };
}

function emptyBlock(type: Growing['type']): Growing {
  return type === 'text' ? { type, text: '', citations: null } : { type, thinking: '', signature: '' };
}

function longer(block: Growing, text: string): Growing {
  return block.type === 'text' ? { ...block, text: block.text + text } : { ...block, thinking: block.thinking + text };
}
