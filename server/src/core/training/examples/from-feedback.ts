import type { Answer, Citation } from '../../../models/answer.ts';
import type { Language } from '../../../models/language.ts';
import type { TrainingExample } from '../../../models/training-example.ts';
import type { FeedbackStore, ReviewedTurn } from '../../../ports/feedback-store.ts';
import { createCitingWriter } from '../../ask/grounding/citing-writer.ts';
import type { Evidence } from '../../ask/grounding/evidence.ts';
import { buildPrompt } from '../../ask/prompt.ts';
import { readSource } from '../../ask/grounding/readable-sources.ts';
import { allPages } from '../../knowledge/all-pages.ts';
import { detectLanguage } from '../../retrieval/language.ts';

/**
 * Examples of what people approved, the latest first: an answer that was found good as it was given, a corrected one as it
 * was corrected. The question comes with the quotes that the answer cites, as the service asks about sources.
 * @param ownerId whose conversations; null: those of all accounts
 */
export async function* examplesFromFeedback(
  feedback: FeedbackStore,
  ownerId: string | null,
): AsyncGenerator<TrainingExample> {
  for await (const turn of allPages((page) => feedback.approved(ownerId, page))) {
    const example = toExample(turn);
    if (example !== undefined) yield example;
  }
}

/** Undefined where there is nothing to learn: a refusal that was found good, or an answer that was not written. */
function toExample({ question, answer: { answer }, feedback }: ReviewedTurn): TrainingExample | undefined {
  const text = (question.rewritten ?? question.text).normalize('NFC');
  const language = answer?.language ?? detectLanguage(text).language;
  const citations = answer?.citations ?? [];
  if (feedback.correction !== null) return corrected(feedback.correction, { question: text, citations, language });
  if (answer === null || !answer.answered || citations.length === 0) return undefined;
  const sources = citations.map(asEvidence);
  return { prompt: buildPrompt({ question: text, sources, language, history: [] }), answer: asTaught(answer.text) };
}

interface Asked {
  question: string;
  citations: readonly Citation[];
  language: Language;
}

/** What the quotes do not say is learned without them: with them, the model would learn to go beyond its sources. */
function corrected(correction: string, { question, citations, language }: Asked): TrainingExample {
  const sources = citations.map(asEvidence);
  const readable = sources.map((source) => readSource(source, language));
  const writer = createCitingWriter({ question, sources: readable, language });
  const answer = correction.normalize('NFC').trim();
  writer.write(answer);
  writer.end();
  const { text, sentences, citations: found } = writer.cited;
  if (sentences.length === 0 || !sentences.every(({ supported }) => supported)) {
    return { prompt: [{ role: 'user', text: question }], answer };
  }
  const cited = found.map(asEvidence);
  return { prompt: buildPrompt({ question, sources: cited, language, history: [] }), answer: asTaught(text) };
}

function asEvidence({ marker, document, page, start, end, quote, score }: Citation): Evidence {
  const place = { number: marker, document, section: [], page, start, end, text: quote, score };
  return { ...place, passageIds: [], pageStarts: [] };
}

/** Answers are shown with their markers before the full stop; models are taught to write them after it. */
function asTaught(text: Answer['text']): string {
  return text.replaceAll(/((?: ?\[\d{1,3}\])+)([.!?…]+)/gu, (_, markers: string, end: string) =>
    markers.startsWith(' ') ? `${end}${markers}` : `${end} ${markers}`,
  );
}
