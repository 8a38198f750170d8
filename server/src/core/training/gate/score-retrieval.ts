import type { CallOptions, Engine } from '../../../ports/engine.ts';
import { createCitingWriter } from '../../ask/grounding/citing-writer.ts';
import type { Evidence } from '../../ask/grounding/evidence.ts';
import { buildPrompt } from '../../ask/prompt.ts';
import { readSource } from '../../ask/grounding/readable-sources.ts';
import { greedyAnswers } from './greedy-answers.ts';
import type { RetrievalQuestion } from './retrieval-set.ts';

export interface RetrievalRequest {
  model: string;
  adapter?: string | undefined;
  questions: readonly RetrievalQuestion[];
}

/** One sentence with its marker. */
const answerTokens = 128;

/** How many of a hundred questions over documents are answered rightly, by the rules of citing of the product. */
export async function scoreRetrieval(
  engine: Engine,
  { questions, ...request }: RetrievalRequest,
  call: CallOptions,
): Promise<number> {
  const prompts = questions.map(({ question, language, ...rest }) => ({
    messages: buildPrompt({ question, sources: evidenceOf(rest), language, history: [] }),
    maxTokens: answerTokens,
  }));
  const answers = await greedyAnswers(engine, { ...request, prompts }, call);
  const right = questions.filter((question, index) => isRight(question, answers[index]?.text ?? ''));
  return (100 * right.length) / questions.length;
}

/** Whether a quote that carries the answer holds the sentence that is meant, or the model says that none answers. */
export function isRight(asked: RetrievalQuestion, text: string): boolean {
  const { question, language, answer } = asked;
  const sources = evidenceOf(asked).map((source) => readSource(source, language));
  const writer = createCitingWriter({ question, sources, language });
  writer.write(text);
  writer.end();
  if (answer === null) return writer.doesNotKnow;
  const { sentences, citations } = writer.cited;
  return sentences.every(({ supported }) => supported) && citations.some(({ quote }) => quote.includes(answer));
}

function evidenceOf({ sources }: Pick<RetrievalQuestion, 'sources'>): Evidence[] {
  return sources.map(({ title, section, text }, index) => ({
    number: index + 1,
    document: { id: `doc_${index + 1}`, title, revision: 1 },
    section: [section],
    page: null,
    start: 0,
    end: text.length,
    text,
    score: 1,
    passageIds: [],
    pageStarts: [],
  }));
}
