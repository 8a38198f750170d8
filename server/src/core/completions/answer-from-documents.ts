import type { ChatMessage } from '../../models/language-model.ts';
import type { Persona } from '../../models/persona.ts';
import type { Ask } from '../ask/ask.ts';
import type { CallContext, CompletionPart, CompletionRequest } from './completions.ts';
import type { Chosen } from './choose-model.ts';

/** Whether this prompt is a question that the persona answers from its documents. */
export function asksDocuments({ prompt, format }: CompletionRequest, persona: Persona | undefined): boolean {
  if (persona === undefined || persona.knowledge === null || format !== undefined) return false;
  if (prompt.type === 'chat') return (prompt.tools ?? []).length === 0 && lastQuestion(prompt.messages) !== undefined;
  return prompt.type === 'question' && prompt.text.trim() !== '';
}

/**
 * The answer of `/ask/question`, as a completion with citations. It comes in one piece: only at its end is it known
 * whether the sources support it.
 */
export async function* answerFromDocuments(
  { prompt, sampling }: CompletionRequest,
  context: CallContext,
  { chosen: { profile, persona, adapter }, ask }: { chosen: Chosen; ask: Ask },
): AsyncGenerator<CompletionPart> {
  const messages = prompt.type === 'chat' ? prompt.messages : [];
  const text = prompt.type === 'question' ? prompt.text : (lastQuestion(messages) ?? '');
  const startedAt = performance.now();
  const answer = await finished(
    ask.ask(
      {
        text,
        collections: persona?.knowledge?.collections ?? undefined,
        profile,
        adapter,
        sampling,
        history: messages.slice(0, -1).filter(({ role }) => role === 'user' || role === 'assistant'),
      },
      context,
    ),
  );
  yield { type: 'text-delta', delta: answer.text };
  if (answer.citations.length > 0) yield { type: 'citations', citations: answer.citations };
  const totalMs = performance.now() - startedAt;
  const generateMs = Math.max(0, totalMs - (answer.timings.firstTokenMs ?? totalMs));
  yield {
    type: 'finish',
    reason: 'stop',
    usage: answer.usage,
    timings: { queueMs: 0, loadMs: 0, promptMs: totalMs - generateMs, generateMs },
  };
}

async function finished(parts: ReturnType<Ask['ask']>) {
  for await (const part of parts) if (part.type === 'finish') return part.answer;
  throw new Error('an answer ended without its finish');
}

function lastQuestion(messages: readonly ChatMessage[]): string | undefined {
  const last = messages.at(-1);
  return last?.role === 'user' && last.text.trim() !== '' ? last.text : undefined;
}
