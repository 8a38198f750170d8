import type { Answer, ConversationWithMessages, Message } from '@billumy/protocol';

const quote = 'Para Manaus, o prazo é de 12 dias úteis: https://aurora.example/prazos.';

/** An answer with one citation, for a service that is played. */
export function sampleAnswer(id: string, text: string, change: Partial<Answer> = {}): Answer {
  return {
    id,
    conversation_id: 'con_played',
    answered: true,
    mode: 'generated',
    answer: text,
    citations: [
      {
        marker: 1,
        document: { id: 'doc_played', title: 'Prazos', revision: 1 },
        page: 2,
        start: 10,
        end: 10 + quote.length,
        quote,
        score: 1,
      },
    ],
    sentences: [{ start: 0, end: text.length, supported: true, citations: [1] }],
    refusal: null,
    nearest: [],
    language: 'pt',
    model: 'nano',
    usage: { prompt_tokens: 1, completion_tokens: 1 },
    timings: { retrieve_ms: 1, first_token_ms: 1, total_ms: 1 },
    ...change,
  };
}

/** A conversation in which these were the answers. */
export function sampleConversation(answers: readonly Answer[]): ConversationWithMessages {
  const time = '2026-11-30T12:00:00.000Z';
  const messages = answers.flatMap((answer): Message[] => [
    { id: `msg_${answer.id}`, role: 'user', text: 'Qual é o prazo?', created_at: time, answer: null, rating: null },
    { id: answer.id, role: 'assistant', text: answer.answer, created_at: time, answer, rating: null },
  ]);
  return { id: 'con_played', title: 'Prazos', end_user: null, created_at: time, updated_at: time, messages };
}

/** The body of a streamed reply that ends with this answer. */
export function asEvents(answer: Answer): string {
  return [
    event('sources', { sources: [] }),
    event('text-delta', { delta: answer.answer }),
    event('finish', { answer, replace: false }),
  ].join('');
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
