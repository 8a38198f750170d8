import type { ChatMessage } from '../../../models/language-model.ts';
import type { TrainingExample } from '../../../models/training-example.ts';
import { saysItDoesNotKnow } from '../../ask/grounding/not-knowing.ts';
import { buildPrompt } from '../../ask/prompt.ts';
import { detectLanguage } from '../../retrieval/language.ts';
import type { GivenExample } from './given-example.ts';

/**
 * What callers sent, as chats with their answers, in order; texts in Unicode's form NFC. A question with a context is
 * asked as the service asks about documents, and its answer cites that context as it asks for.
 */
export function toExamples(given: readonly GivenExample[]): TrainingExample[] {
  return given.map(toExample);
}

function toExample(given: GivenExample): TrainingExample {
  if ('prompt' in given) return asked(given.prompt, given.completion);
  if ('messages' in given) {
    const messages = given.messages.map(({ role, content }): ChatMessage => ({ role, text: content.normalize('NFC') }));
    return { prompt: messages.slice(0, -1), answer: answerOf(given.messages.at(-1)?.content ?? '') };
  }
  const { question, answer, context } = given;
  if (context === undefined || context.trim() === '') return asked(question, answer);
  return askedOf(context.normalize('NFC'), { question: question.normalize('NFC'), answer: answerOf(answer) });
}

function asked(question: string, answer: string): TrainingExample {
  return { prompt: [{ role: 'user', text: question.normalize('NFC') }], answer: answerOf(answer) };
}

function askedOf(context: string, { question, answer }: { question: string; answer: string }): TrainingExample {
  const { language } = detectLanguage(`${question}\n${context}`);
  const sources = [{ number: 1, document: { title: '' }, section: [], text: context }];
  const cites = /\[\d+\]/.test(answer) || saysItDoesNotKnow(answer) || answer === '';
  return {
    prompt: buildPrompt({ question, sources, language, history: [] }),
    answer: cites ? answer : `${answer} [1]`,
  };
}

function answerOf(text: string): string {
  return text.normalize('NFC').trim();
}
