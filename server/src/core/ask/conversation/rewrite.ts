import type { AnswerTrace } from '../../../models/answer.ts';
import type { Language } from '../../../models/language.ts';
import {
  greedySampling,
  type ChatMessage,
  type ModelProfile,
  type TokenUsage,
} from '../../../models/language-model.ts';
import type { Engine } from '../../../ports/engine.ts';
import { fold } from '../../retrieval/fold.ts';
import { contentStems } from '../grounding/content-stems.ts';
import { onOneLine } from '../prompt.ts';

export interface RewriteRequest {
  question: string;
  /** The questions before it, as they were searched, oldest first. */
  previousQuestions: readonly string[];
  /** The turns before it, oldest first. */
  history: readonly ChatMessage[];
  language: Language;
  model: ModelProfile | null;
  /** The digest of the adapter over the model. */
  adapter?: string | undefined;
}

export interface Rewriting {
  rewrite: AnswerTrace['rewrite'];
  /** By the language model that rewrote. */
  /** Of the model that was asked. */
  usage: TokenUsage | null;
}

const unchanged: Rewriting = { rewrite: null, usage: null };
const fewContentWords = 5;
/** With two words of content a question names a thing and of what; one that opens with "e" needs more to stand alone. */
const wordsOfACompleteQuestion = 2;
const wordsOfACompleteFollowUp = 4;
const rewriteTokens = 64;
export const rewriteLimitMs = 2_000;
const longestRewrite = 300;

const pronouns =
  /\b(?:ele|ela|eles|elas|dele|dela|deles|delas|nele|nela|isso|isto|aquilo|esse|essa|esses|essas|este|esta|nesse|nessa|desse|dessa|deste|desta|aquele|aquela|mesmo|mesma|it|its|they|them|their|he|she|his|her|this|that|these|those|there|one|ones|same)\b/;
const opensWithLink = /^(?:e|mas|entao|ou|tambem|and|but|then|or|also|what about|how about)\b/;
const linkAtStart = /^(?:e|mas|então|entao|ou|também|tambem|and|but|then|or|also|what about|how about)\s+(?:se\s+)?/iu;
// Families of prepositions: "em", "no" and "na" open the same slot of a question.
const slots: readonly RegExp[] = [
  'para|pra|pro',
  'em|no|na|nos|nas',
  'de|do|da|dos|das',
  'com|sem',
  'for|to',
  'in|at|on',
  'of|about',
  'with|without',
  // Not `\b`, for which the "de" of "saúde" is a word.
].map((words) => new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words})(?![\\p{L}\\p{M}\\p{N}])`, 'giu'));

const thingAsked =
  /^((?:qual|quais|quanto custam?|what|which|how much)(?:\s+(?:é|e|são|sao|is|are))?)\s+(?:[oa]s?|the)\s+\S.*?(\s+(?:para|pra|em|no|na|nos|nas|for|in|to|at)\s.*)?$/iu;

/**
 * A question that makes sense alone, when this one depends on the turns before it: it has a pronoun, opens with a link
 * ("e para Belém?") or has fewer than five content words. null when it stands alone. A larger model writes it, in at
 * most 64 tokens and two seconds; where only the bundled model is there, or the larger one fails, rules do.
 * The original is searched too, so a bad rewrite costs little.
 */
export async function rewriteFollowUp(
  request: RewriteRequest,
  { engine, signal, limitMs = rewriteLimitMs }: { engine: Engine; signal: AbortSignal; limitMs?: number },
): Promise<Rewriting> {
  const previous = request.previousQuestions.at(-1);
  if (previous === undefined || !dependsOnHistory(request.question, request.language)) return unchanged;
  const timed = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const { question: byModel, usage } = await askModel(request, engine, timed);
  signal.throwIfAborted();
  if (byModel !== null) return { rewrite: { question: byModel, by: 'model' }, usage };
  const byRules = rewriteByRules(request.question, previous, request.language);
  return { rewrite: byRules === null ? null : { question: byRules, by: 'rules' }, usage };
}

export function dependsOnHistory(question: string, language: Language): boolean {
  const folded = fold(question).trim();
  return pronouns.test(folded) || opensWithLink.test(folded) || contentStems(question, language).size < fewContentWords;
}

/** null when the question stands alone after all, or the previous one names nothing it lacks. */
export function rewriteByRules(question: string, previous: string, language: Language): string | null {
  const rest = question.trim().replace(linkAtStart, '');
  const follows = rest !== question.trim();
  const known = contentStems(rest, language);
  const isComplete = known.size >= (follows ? wordsOfACompleteFollowUp : wordsOfACompleteQuestion);
  if (isComplete && !pronouns.test(fold(rest))) return null;
  const filled = follows ? (fillSlot(rest, previous) ?? askForAnotherThing(rest, previous)) : null;
  if (filled !== null) return filled;
  const topic = withoutEnd(previous)
    .split(/\s+/)
    .filter((word) => [...contentStems(word, language)].some((stem) => !known.has(stem)));
  return topic.length === 0 ? null : `${withoutEnd(rest)} (${topic.join(' ')})?`;
}

/** "E para Belém?" after "Qual é o prazo para Manaus?": the new place takes the slot of the old one. */
function fillSlot(rest: string, previous: string): string | null {
  const slot = slots.find((each) => rest.search(each) === 0);
  if (slot === undefined) return null;
  const place = [...previous.matchAll(slot)].at(-1);
  return place === undefined ? null : `${previous.slice(0, place.index)}${withoutEnd(rest)}?`;
}

/** "E o frete?" after "Qual é o prazo para Manaus?": another thing is asked for, of the same place. */
function askForAnotherThing(rest: string, previous: string): string | null {
  if (previous.length > longestRewrite || !/^(?:[oa]s?|the)\s/iu.test(rest)) return null;
  const [, opening, circumstances = ''] = thingAsked.exec(withoutEnd(previous)) ?? [];
  return opening === undefined ? null : `${opening} ${withoutEnd(rest)}${circumstances}?`;
}

async function askModel(
  request: RewriteRequest,
  engine: Engine,
  signal: AbortSignal,
): Promise<{ question: string | null; usage: TokenUsage | null }> {
  const { model, adapter, language } = request;
  if (model === null || isBundled(model)) return { question: null, usage: null };
  let written = '';
  let usage: TokenUsage | null = null;
  try {
    const sampling = { ...greedySampling, maxTokens: rewriteTokens, stop: ['\n'] };
    for await (const part of engine.generate(
      { model: model.name, adapter, prompt: { type: 'chat', messages: rewritePrompt(request) }, sampling },
      { signal },
    )) {
      if (part.type === 'text-delta') written += part.delta;
      else if (part.type === 'finish') ({ usage } = part);
    }
    return { question: usable(written, language), usage };
  } catch {
    // Whatever went wrong, the rules still work.
    return { question: null, usage };
  }
}

export function isBundled(model: ModelProfile): boolean {
  return model.source.startsWith('bundled:');
}

function rewritePrompt({ question, history, language }: RewriteRequest): ChatMessage[] {
  const instruction =
    language === 'pt'
      ? 'Reescreva a última pergunta para que faça sentido sozinha. Responda só com a pergunta.'
      : 'Rewrite the last question so that it makes sense alone. Reply with the question only.';
  const label = language === 'pt' ? 'Última pergunta' : 'Last question';
  const turns = history.map(({ role, text }) => `${role === 'user' ? '-' : '  ='} ${onOneLine(text)}`);
  return [
    { role: 'system', text: instruction },
    { role: 'user', text: `${turns.join('\n')}\n\n${label}: ${onOneLine(question)}` },
  ];
}

function usable(written: string, language: Language): string | null {
  const line = written.trim().replaceAll(/^["'“]|["'”]$/gu, '');
  return line === '' || line.length > longestRewrite || contentStems(line, language).size === 0 ? null : line;
}

function withoutEnd(question: string): string {
  return question.trim().replace(/[?!.\s]+$/u, '');
}
