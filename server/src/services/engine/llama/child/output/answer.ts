import type { LogprobEntry } from '../../../../../ports/engine.ts';
import type { ChildPart } from '../../messages.ts';
import type { OutputReader, ReadPart } from '../chat/chat-form.ts';
import type { TextStream } from './text-stream.ts';

/** Makes the parts of an answer of its tokens: text, thoughts and tool calls. */
export interface Answer {
  push(token: number, logprob: LogprobEntry | undefined): readonly ChildPart[];
  /** What was held back, at the end. */
  end(): readonly ChildPart[];
  /** The stop string that was seen, after which nothing more is shown. */
  readonly stoppedBy: string | undefined;
  readonly hasCalls: boolean;
}

const nothing: readonly ChildPart[] = [];

export function createAnswer(text: TextStream, reader: OutputReader): Answer {
  const logprobs = createLogprobQueue();
  let hasCalls = false;

  /** Probabilities go along with text; those of a thought or a call are not told. */
  function withLogprobs(parts: readonly ReadPart[]): readonly ChildPart[] {
    if (parts.length === 0) return nothing;
    hasCalls ||= parts.some(({ type }) => type === 'tool-call');
    const shown = logprobs.take(text.shown);
    if (shown.length === 0) return parts;
    const first = parts.findIndex(({ type }) => type === 'text');
    return parts.map((part, index) => (index === first ? { ...part, logprobs: shown } : part));
  }

  return {
    push(token, logprob) {
      if (logprob !== undefined) logprobs.add(logprob, text.decoded);
      const written = text.push(token);
      return written === '' ? nothing : withLogprobs(reader.push(written));
    },
    end() {
      const written = text.end();
      return withLogprobs([...(written === '' ? [] : reader.push(written)), ...reader.end()]);
    },
    get stoppedBy() {
      return text.stoppedBy;
    },
    get hasCalls() {
      return hasCalls;
    },
  };
}

/** Keeps what is known of tokens until the beginning of their text is shown. */
function createLogprobQueue() {
  let waiting: { entry: LogprobEntry; start: number }[] = [];
  return {
    /** @param start how many characters of the answer come before the token */
    add(entry: LogprobEntry, start: number): void {
      waiting.push({ entry, start });
    },
    take(shown: number): LogprobEntry[] {
      const taken = waiting.filter(({ start }) => start < shown);
      if (taken.length > 0) waiting = waiting.slice(taken.length);
      return taken.map(({ entry }) => entry);
    },
  };
}
