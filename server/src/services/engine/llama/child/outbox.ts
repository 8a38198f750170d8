import type { ChildMessage, ChildPart, WrittenPart } from '../messages.ts';
import type { CompletionOutput } from './scheduling/scheduler.ts';

/**
 * What is written leaves with the next step when it is the first of an answer, else this often: one message carries many
 * tokens. Each answer in it takes the time of a core that may be computing, here and in those who pass it on, so that with
 * more answers messages are rarer.
 */
const betweenMessagesMs = { least: 50, perAnswer: 6, most: 100 };

/** Sends what completions write to the parent, in few messages. */
export function createOutbox(
  send: (message: ChildMessage) => void,
  describe: (id: number, error: unknown) => ChildMessage,
): CompletionOutput {
  let written: [id: number, part: WrittenPart][] = [];
  /** Of each answer the entry that further text can be added to. */
  const latest = new Map<number, [id: number, text: string]>();
  const begun = new Set<number>();
  let isUrgent = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (written.length === 0) return;
    send({ type: 'written', parts: written });
    written = [];
    latest.clear();
    isUrgent = false;
  }

  function last(id: number, message: ChildMessage): void {
    flush();
    begun.delete(id);
    send(message);
  }

  function add(id: number, part: ChildPart): void {
    if (part.type !== 'text' || part.logprobs !== undefined) {
      latest.delete(id);
      written.push([id, part]);
      return;
    }
    const open = latest.get(id);
    if (open === undefined) {
      const entry: [number, string] = [id, part.text];
      latest.set(id, entry);
      written.push(entry);
    } else open[1] += part.text;
  }

  return {
    write(id, parts) {
      for (const part of parts) add(id, part);
      if (begun.has(id)) return;
      begun.add(id);
      isUrgent = true;
    },
    finish: (id, result) => last(id, { type: 'finish', id, result }),
    scored: (id, nll) => last(id, { type: 'score', id, nll }),
    abort: (id) => last(id, { type: 'done', id }),
    fail: (id, error) => last(id, describe(id, error)),
    stepping() {
      if (isUrgent) flush();
      else if (written.length > 0) timer ??= setTimeout(flush, pauseFor(begun.size));
    },
  };
}

function pauseFor(answers: number): number {
  const { least, perAnswer, most } = betweenMessagesMs;
  return Math.min(most, Math.max(least, answers * perAnswer));
}
