import type { ToolCall } from '../../../models/language-model.ts';
import { newId } from '../../../models/new-id.ts';
import type { OutputItem } from './response-body.ts';

/** An event of the stream; its number is given when it is sent. */
export interface ResponseEvent {
  type: `response.${string}`;
  [field: string]: unknown;
}

/** An item of the output that comes in pieces, and what is told of it. `index`: its place in the output. */
export interface ItemWriter {
  readonly kind: 'message' | 'reasoning';
  begin(): ResponseEvent[];
  add(delta: string): ResponseEvent[];
  end(): { item: OutputItem; events: ResponseEvent[] };
}

export function createMessageWriter(index: number): ItemWriter {
  const id = newId('msg');
  const place = { item_id: id, output_index: index, content_index: 0 };
  const pieces: string[] = [];
  const common = { id, type: 'message', role: 'assistant' } as const;
  return {
    kind: 'message',
    begin: () => [
      added(index, { ...common, status: 'in_progress', content: [] }),
      { type: 'response.content_part.added', ...place, part: textPart('') },
    ],
    add(delta) {
      pieces.push(delta);
      return [{ type: 'response.output_text.delta', ...place, delta, logprobs: [] }];
    },
    end() {
      const text = pieces.join('');
      const item: OutputItem = { ...common, status: 'completed', content: [textPart(text)] };
      const events: ResponseEvent[] = [
        { type: 'response.output_text.done', ...place, text, logprobs: [] },
        { type: 'response.content_part.done', ...place, part: textPart(text) },
      ];
      return { item, events };
    },
  };
}

export function createReasoningWriter(index: number): ItemWriter {
  const id = newId('rs');
  const place = { item_id: id, output_index: index, summary_index: 0 };
  const pieces: string[] = [];
  return {
    kind: 'reasoning',
    begin: () => [
      added(index, { id, type: 'reasoning', summary: [] }),
      { type: 'response.reasoning_summary_part.added', ...place, part: summaryPart('') },
    ],
    add(delta) {
      pieces.push(delta);
      return [{ type: 'response.reasoning_summary_text.delta', ...place, delta }];
    },
    end() {
      const text = pieces.join('');
      const item: OutputItem = { id, type: 'reasoning', summary: [summaryPart(text)] };
      const events: ResponseEvent[] = [
        { type: 'response.reasoning_summary_text.done', ...place, text },
        { type: 'response.reasoning_summary_part.done', ...place, part: summaryPart(text) },
      ];
      return { item, events };
    },
  };
}

/** A call comes whole. */
export function writeCall(call: ToolCall, index: number): { item: OutputItem; events: ResponseEvent[] } {
  const id = newId('fc');
  const place = { item_id: id, output_index: index };
  const json = JSON.stringify(call.arguments);
  const common = { id, type: 'function_call', call_id: call.id, name: call.name } as const;
  const item: OutputItem = { ...common, status: 'completed', arguments: json };
  const events: ResponseEvent[] = [
    added(index, { ...common, status: 'in_progress', arguments: '' }),
    { type: 'response.function_call_arguments.delta', ...place, delta: json },
    { type: 'response.function_call_arguments.done', ...place, name: call.name, arguments: json },
  ];
  return { item, events };
}

function added(index: number, item: OutputItem): ResponseEvent {
  return { type: 'response.output_item.added', output_index: index, item };
}

function textPart(text: string) {
  return { type: 'output_text' as const, text, annotations: [], logprobs: [] };
}

function summaryPart(text: string) {
  return { type: 'summary_text' as const, text };
}
