import type { Citation } from '../../../models/answer.ts';
import type { TokenUsage } from '../../../models/language-model.ts';
import { toCitationBody } from '../../bodies/answer-bodies.ts';
import type { StartedPart } from '../../dialects/begin-completion.ts';
import { toFinishReason, toLogprobs, type ReplyIdentity } from './chat-reply.ts';
import type { ChoicePart } from './choices.ts';
import { secondsOf, systemFingerprint, toToolCallBody, toUsage } from './reply-parts.ts';
import { dataLine, lastLine } from '../stream-lines.ts';
import { usageOfOnePrompt } from './whole-choice.ts';

export interface ChatStreamOptions {
  identity: ReplyIdentity;
  count: number;
  includeUsage: boolean;
  logprobs: boolean;
}

/** The lines of a streamed chat completion: roles, then what is said, why it ended, and the usage when wanted. */
export async function* toChatLines(
  parts: AsyncIterable<ChoicePart>,
  { identity: { id, created, model }, count, includeUsage, logprobs }: ChatStreamOptions,
): AsyncGenerator<string> {
  const head = { id, object: 'chat.completion.chunk', created: secondsOf(created), model };
  const common = { ...head, system_fingerprint: systemFingerprint };
  const unused = includeUsage ? { usage: null } : {};
  const states = Array.from({ length: count }, (): ChoiceState => ({ calls: 0, citations: [], usage: undefined }));
  for (const index of states.keys()) {
    const delta = { role: 'assistant', content: '', refusal: null };
    yield dataLine({ ...common, choices: [{ index, delta, logprobs: null, finish_reason: null }], ...unused });
  }
  for await (const { index, part } of parts) {
    const choice = toChoice(part, { state: states[index]!, logprobs });
    if (choice !== undefined) yield dataLine({ ...common, choices: [{ index, ...choice }], ...unused });
  }
  if (includeUsage) {
    const usage = usageOfOnePrompt(states.flatMap((state) => state.usage ?? []));
    yield dataLine({ ...common, choices: [], usage: toUsage(usage) });
  }
  yield lastLine;
}

/** What must be known of a choice until it ends. */
interface ChoiceState {
  calls: number;
  citations: readonly Citation[];
  usage: TokenUsage | undefined;
}

interface ChunkChoice {
  delta: object;
  logprobs: object | null;
  finish_reason: string | null;
}

function toChoice(
  part: StartedPart,
  { state, logprobs }: { state: ChoiceState; logprobs: boolean },
): ChunkChoice | undefined {
  switch (part.type) {
    case 'text-delta': {
      const said = saying({ content: part.delta });
      return logprobs ? { ...said, logprobs: toLogprobs(part.logprobs ?? []) } : said;
    }
    case 'thinking-delta':
      return saying({ reasoning: part.delta });
    case 'tool-call': {
      const index = state.calls;
      state.calls += 1;
      return saying({ tool_calls: [{ index, ...toToolCallBody(part.call) }] });
    }
    case 'citations':
      state.citations = part.citations;
      return undefined;
    case 'finish': {
      state.usage = part.usage;
      const { citations } = state;
      const delta = citations.length === 0 ? {} : { citations: citations.map(toCitationBody) };
      return { delta, logprobs: null, finish_reason: toFinishReason(part.reason) };
    }
    default:
      return part satisfies never;
  }
}

function saying(delta: object): ChunkChoice {
  return { delta, logprobs: null, finish_reason: null };
}
