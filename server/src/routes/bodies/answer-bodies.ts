import type {
  Answer as AnswerBody,
  AnswerEvent,
  Citation as CitationBody,
  Source as SourceBody,
} from '@billumy/protocol';
import type { Answer, AnswerPart, Citation, Source } from '../../models/answer.ts';

export function toAnswerBody(answer: Answer, { trace }: { trace: boolean }): AnswerBody {
  return {
    id: answer.id,
    conversation_id: answer.conversationId,
    answered: answer.answered,
    mode: answer.mode,
    answer: answer.text,
    citations: answer.citations.map(toCitationBody),
    sentences: answer.sentences.map(({ start, end, supported, citations }) => ({
      start,
      end,
      supported,
      citations: [...citations],
    })),
    refusal: answer.refusal,
    nearest: answer.nearest.map(toSourceBody),
    language: answer.language,
    model: answer.model,
    usage: { prompt_tokens: answer.usage.promptTokens, completion_tokens: answer.usage.completionTokens },
    timings: {
      retrieve_ms: answer.timings.retrieveMs,
      first_token_ms: answer.timings.firstTokenMs,
      total_ms: answer.timings.totalMs,
    },
    ...(trace ? { trace: { ...answer.trace } } : {}),
  };
}

export function toAnswerEvent(part: AnswerPart, options: { trace: boolean }): AnswerEvent {
  switch (part.type) {
    case 'sources':
      return { type: part.type, sources: part.sources.map(toSourceBody) };
    case 'text-delta':
      return { type: part.type, delta: part.delta };
    case 'citation':
      return { type: part.type, citation: toCitationBody(part.citation) };
    case 'finish':
      return { type: part.type, answer: toAnswerBody(part.answer, options), replace: part.replace };
    default:
      return part satisfies never;
  }
}

export function toCitationBody({ marker, document, page, start, end, quote, score }: Citation): CitationBody {
  return { marker, document, page, start, end, quote, score };
}

function toSourceBody({ number, document, section, page, start, end, text, score }: Source): SourceBody {
  return { number, document, section: [...section], page, start, end, text, score };
}
