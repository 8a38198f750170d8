import { z } from 'zod';
import type { ToolCall } from '../../../../models/language-model.ts';
import { toolArguments } from '../wire/tool-arguments.ts';
import { malformed } from '../wire/trouble.ts';

const mostCalls = 128;
const mostArguments = 1024 * 1024;

/** A piece of a call; pieces of one call share the index. */
export const toolCallPiece = z.object({
  index: z.number().int().min(0).nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/** Puts tool calls together of the pieces that they are streamed in. */
export class ToolCallPieces {
  readonly #calls = new Map<number, { id: string; name: string; arguments: string }>();

  add(pieces: readonly z.infer<typeof toolCallPiece>[]): void {
    for (const { index, id, function: called } of pieces) {
      const key = index ?? 0;
      const call = this.#calls.get(key) ?? { id: '', name: '', arguments: '' };
      this.#calls.set(key, call);
      call.id ||= id ?? '';
      call.name ||= called?.name ?? '';
      call.arguments += called?.arguments ?? '';
      if (this.#calls.size > mostCalls || call.arguments.length > mostArguments) {
        throw malformed(new Error('the tool calls are too long'));
      }
    }
  }

  calls(): ToolCall[] {
    return [...this.#calls.values()].map(({ id, name, arguments: text }, index) => {
      if (name === '') throw malformed(new Error('a tool call has no name'));
      return { id: id === '' ? `call_${index}` : id, name, arguments: toolArguments(text) };
    });
  }
}
