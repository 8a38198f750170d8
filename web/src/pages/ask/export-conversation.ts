import type { Answer, ConversationWithMessages } from '@billumy/protocol';
import { toTurns } from './turns.ts';

/** A conversation as Markdown that says where each answer comes from. */
export function conversationAsText(conversation: ConversationWithMessages): string {
  const turns = toTurns(conversation.messages).map(({ question, answer }) => turnAsText(question, answer));
  return `# ${conversation.title}\n\n${turns.join('\n\n---\n\n')}\n`;
}

function turnAsText(question: string, answer: Answer): string {
  const asked = question
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return [asked, answer.answer, sourcesAsText(answer)].filter((part) => part !== '').join('\n\n');
}

/** An answer with its sources, as it is copied. */
export function answerAsText(answer: Answer): string {
  return [answer.answer, sourcesAsText(answer)].filter((part) => part !== '').join('\n\n');
}

function sourcesAsText({ citations }: Answer): string {
  return citations
    .map(({ marker, document, page, quote }) => {
      const place = page === null ? document.title : `${document.title}, p. ${page}`;
      return `[${marker}] ${place}: “${quote.trim().replaceAll(/\s+/g, ' ')}”`;
    })
    .join('\n');
}
