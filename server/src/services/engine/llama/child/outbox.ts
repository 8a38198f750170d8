import type { ChildMessage } from '../messages.ts';
import type { CompletionOutput } from './scheduler.ts';

/** Text leaves at once when it is the first of an answer, else at most this often: one message carries many tokens. */
const betweenMessagesMs = 8;

/** Sends what completions write to the parent, in few messages. */
export function createOutbox(
  send: (message: ChildMessage) => void,
  describe: (id: number, error: unknown) => ChildMessage,
): CompletionOutput {
  const deltas = new Map<number, string>();
  const begun = new Set<number>();
  let isUrgent = false;
  let sentAt = 0;

  function flush(): void {
    if (deltas.size === 0) return;
    send({ type: 'deltas', deltas: [...deltas] });
    deltas.clear();
    isUrgent = false;
    sentAt = performance.now();
  }

  function last(id: number, message: ChildMessage): void {
    flush();
    begun.delete(id);
    send(message);
  }

  return {
    text(id, delta) {
      deltas.set(id, (deltas.get(id) ?? '') + delta);
      if (begun.has(id)) return;
      begun.add(id);
      isUrgent = true;
    },
    finish: (id, result) => last(id, { type: 'finish', id, result }),
    abort: (id) => last(id, { type: 'done', id }),
    fail: (id, error) => last(id, describe(id, error)),
    stepped() {
      if (isUrgent || performance.now() - sentAt >= betweenMessagesMs) flush();
    },
  };
}
