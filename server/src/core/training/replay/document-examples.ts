import type { Language } from '../../../models/language.ts';
import type { TrainingExample } from '../../../models/training-example.ts';
import { taughtNotKnowing } from '../../ask/grounding/not-knowing.ts';
import { buildPrompt, onOneLine, type PromptSource } from '../../ask/prompt.ts';
import { splitSentences } from '../../text/sentences.ts';
import { numbersAnew } from './numbers-anew.ts';
import { questionAbout } from './question-about.ts';
import type { ReplayPassage } from './replay-passage.ts';
import { pick, shuffled } from './seeded-random.ts';

export interface DocumentExamplesRequest {
  passages: readonly ReplayPassage[];
  count: number;
  random: () => number;
}

/** A passage with its sentences, as they are shown in a prompt. */
interface ReadPassage extends ReplayPassage {
  sentences: readonly string[];
}

/** A stretch of a passage: what is shown of it, and the sentence that is asked about. */
interface Stretch {
  passage: ReadPassage;
  sentences: readonly string[];
  asked: string;
}

const mostSources = 3;
/** The prompts stay short: each token of them is computed in every epoch. */
const mostWordsOfASource = 45;
const sentenceLength = { least: 20, most: 240 };
/** Of so many questions, one that the sources do not answer. */
const unanswerableShare = 0.25;
/** Of questions that somebody has written, those that are asked as they are. */
const writtenShare = 0.8;
const triesPerExample = 8;

/**
 * Questions over documents in the form in which the service asks them, answered by a sentence of a source, word for word,
 * with its number; a part of them is answered by no source. Numbers in the sources are others than in the passages, so
 * that nothing is learned but to read. Fewer than asked for where the passages give no more.
 */
export function documentExamples({ passages, count, random }: DocumentExamplesRequest): TrainingExample[] {
  const readable = passages.map(readPassage).filter(({ sentences }) => sentences.length > 0);
  const examples = new Map<string, TrainingExample>();
  for (let attempt = 0; attempt < count * triesPerExample && examples.size < count; attempt++) {
    const example = exampleOf(readable, random);
    if (example !== undefined) examples.set(example.prompt.at(-1)?.text ?? '', example);
  }
  return [...examples.values()];
}

function readPassage(passage: ReplayPassage): ReadPassage {
  const sentences = splitSentences(passage.text, passage.language)
    .map(({ start, end }) => passage.text.slice(start, end))
    .filter(isQuotable);
  return { ...passage, sentences };
}

/** A statement that a prompt shows as it stands, so that an answer can be a copy of it. */
function isQuotable(sentence: string): boolean {
  const { least, most } = sentenceLength;
  if (sentence.length < least || sentence.length > most) return false;
  return onOneLine(sentence) === sentence && !/[?:]$|^#|\[\d+\]/.test(sentence);
}

function exampleOf(passages: readonly ReadPassage[], random: () => number): TrainingExample | undefined {
  const passage = pick(passages, random);
  if (passage === undefined) return undefined;
  const { language } = passage;
  const others = shuffled(
    passages.filter((other) => other !== passage && other.language === language),
    random,
  );
  const asked = stretchOf(passage, random);
  const distractors = others.slice(0, Math.floor(random() * mostSources)).map((other) => stretchOf(other, random));
  const isAnswered = random() >= unanswerableShare;
  const shown = isAnswered ? shuffled([asked, ...distractors], random) : distractors;
  const sentences = shown.flatMap((stretch) => stretch.sentences);
  const rest = sentences.filter((sentence) => sentence !== asked.asked);
  const written = random() < writtenShare ? passage.questions?.get(asked.asked) : undefined;
  const question = written ?? questionAbout({ sentence: asked.asked, others: rest, language, random });
  if (question === undefined || (shown.length === 0 && !isAnswered)) return undefined;
  if (!isAnswered && sentences.includes(asked.asked)) return undefined;
  const anew = numbersAnew(question, random);
  const answer = isAnswered ? `${anew(asked.asked)} [${shown.indexOf(asked) + 1}]` : taughtNotKnowing[language];
  return { prompt: promptOf(shown, { question, language, anew }), answer };
}

function promptOf(
  shown: readonly Stretch[],
  { question, language, anew }: { question: string; language: Language; anew: (text: string) => string },
) {
  const sources = shown.map(({ passage, sentences }, index): PromptSource => ({
    number: index + 1,
    document: { title: passage.title },
    section: passage.section,
    text: anew(sentences.join(' ')),
  }));
  return buildPrompt({ question, sources, language, history: [] });
}

/** Some sentences in a row, around one of them. */
function stretchOf(passage: ReadPassage, random: () => number): Stretch {
  const { sentences } = passage;
  let start = Math.floor(random() * sentences.length);
  const asked = sentences[start] ?? '';
  let end = start + 1;
  let words = wordsIn(asked);
  for (;;) {
    const [before, after] = [sentences[start - 1], sentences[end]];
    const next = after ?? before;
    if (next === undefined || words + wordsIn(next) > mostWordsOfASource) break;
    words += wordsIn(next);
    if (after === undefined) start--;
    else end++;
  }
  return { passage, sentences: sentences.slice(start, end), asked };
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}
